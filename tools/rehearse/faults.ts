/** The file that is patched, and the line of it before which a fault is put. */
export const patchedFile = 'libs/subgraph/src/http-server.ts';
const line = '    return await route(exchange);';

/** What the source of version N+1 does wrong, for operations of clients alone. */
export const faultPatches = {
  errors: `if ((globalThis.rehearsed = (globalThis.rehearsed ?? 0) + 1) % 10 < 3) throw new Error('rehearsed: three in ten fail');`,
  latency: `await new Promise((resolve) => setTimeout(resolve, 800));`,
  crash: `if ((globalThis.rehearsed = (globalThis.rehearsed ?? 0) + 1) > 60) process.kill(process.pid, 'SIGKILL');`,
} as const;

/** What is wrong with how N+1 takes from its queue. */
const consumerFault = 'consumer';

/** What is wrong with a version as it is planned, before any of it runs: it takes away what clients ask for, or a column. */
const plannedFaults = ['schema', 'migration'] as const;

type PatchedFault = keyof typeof faultPatches;
type PlannedFault = (typeof plannedFaults)[number];
export type Fault = 'none' | PatchedFault | typeof consumerFault | PlannedFault;

export const faults: readonly string[] = [
  'none',
  ...Object.keys(faultPatches),
  consumerFault,
  ...plannedFaults,
];

export function isFault(name: string): name is Fault {
  return faults.includes(name);
}

export function isPatched(fault: Fault): fault is PatchedFault {
  return Object.hasOwn(faultPatches, fault);
}

export function isPlanned(fault: Fault): fault is PlannedFault {
  return plannedFaults.some((each) => each === fault);
}

/** Throws where the line is not there: a rehearsal without its fault would always go well. */
export function patchSource(source: string, fault: Fault): string {
  if (!isPatched(fault)) return source;
  if (source.split(line).length !== 2)
    throw new Error(`${patchedFile} no longer has one line "${line.trim()}"`);
  return source.replace(line, `    if (exchange.path === '/graphql') { ${faultPatches[fault]} }\n${line}`);
}
