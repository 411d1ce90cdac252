/**
 * What Node is told wherever a service runs, in the image and by `npm start`: young objects fill 48 MB at most. Node's own choice
 * goes by the memory of the machine: from 1 MB in a small pod, which is collected all the time, to 192 MB, of which a
 * collection takes three times as long (decisions 0039 and 0044).
 */
export const nodeOptions = '--max-semi-space-size=16';
