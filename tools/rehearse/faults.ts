/** The file that is patched, and the line of it before which a fault is put. */
export const patchedFile = 'libs/subgraph/src/http-server.ts';
const line = '    return await route(exchange);';

/** What goes wrong in version N+1, for operations of clients alone. */
export const faultPatches = {
  none: '',
  errors: `if ((globalThis.rehearsed = (globalThis.rehearsed ?? 0) + 1) % 10 < 3) throw new Error('rehearsed: three in ten fail');`,
  latency: `await new Promise((resolve) => setTimeout(resolve, 800));`,
  crash: `if ((globalThis.rehearsed = (globalThis.rehearsed ?? 0) + 1) > 60) process.kill(process.pid, 'SIGKILL');`,
} as const;

export type Fault = keyof typeof faultPatches;

export function isFault(name: string): name is Fault {
  return Object.hasOwn(faultPatches, name);
}

/** Throws where the line is not there: a rehearsal without its fault would always go well. */
export function patchSource(source: string, fault: Fault): string {
  if (fault === 'none') return source;
  if (source.split(line).length !== 2)
    throw new Error(`${patchedFile} no longer has one line "${line.trim()}"`);
  return source.replace(line, `    if (exchange.path === '/graphql') { ${faultPatches[fault]} }\n${line}`);
}
