/**
 * What Node is told wherever a service runs, in the image and by `npm start`: young objects fill 48 MB at most. Node's own choice
 * goes by the memory of the machine: from 1 MB in a small pod, which is collected all the time, to 192 MB, of which a
 * collection takes three times as long (decisions 0039 and 0044).
 */
export const nodeOptions = '--max-semi-space-size=16';

/**
 * The same of V8, on the command line, since `NODE_OPTIONS` takes none of it. Nothing new is put among what is old, whatever a rush
 * made V8 believe: each collection of young objects would copy what the dead there point to. And what is old is collected once
 * it has grown to three times what was left, not at every tenth of it where little is asked (decision 0045).
 */
export const v8Flags = ['--no-allocation-site-pretenuring', '--heap-growing-percent=200'] as const;
