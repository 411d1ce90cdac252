import { waitsLonger } from './erlang.ts';
import { CapacityError, type Measured, type Plan } from './plan.ts';

export type Need = {
  readonly service: string;
  readonly arrivalsPerSecond: number;
  /** Of CPU, of the mean request. */
  readonly serviceMs: number;
  /** Cores busy on average. */
  readonly offered: number;
  /** Processes of one core each; of PostgreSQL and NATS, cores. */
  readonly replicas: number;
  /** How busy each is while all zones are there. */
  readonly utilisation: number;
  /** The part that waits longer than the target, with one zone less. */
  readonly late: number;
  readonly requestCpuMilli: number;
  readonly limitMemoryMiB: number | null;
};

/** Share their work among all their cores: one line, many servers. A service is one event loop a process. */
const shared = new Set(['postgres', 'nats']);
const mostReplicas = 100_000;

/** So many of its replicas are left when a zone is lost. */
const leftOf = (replicas: number, zones: number) =>
  zones === 1 ? replicas : replicas - Math.ceil(replicas / zones);

/** What comes to a service in a second. */
type Load = {
  readonly arrivals: number;
  /** Core seconds. */
  readonly offered: number;
  /** Sum of the squares of service times, in seconds; each operation's are exponential by themselves. */
  readonly squares: number;
};

/**
 * What each service needs. A service's requests are spread over its processes by chance, and a stream of chance arrivals that
 * is split by chance is several of them: each process is a line of its own (one server). PostgreSQL's backends take whatever
 * core is free: one line, many servers.
 */
export function sizeOf(plan: Plan, measured: Measured): Need[] {
  const loads = new Map<string, Load>();
  for (const [operation, perSecond] of Object.entries(plan.perSecond)) {
    const costs = measured.cpuMs[operation];
    if (!costs) {
      const known = Object.keys(measured.cpuMs).join(', ');
      throw new CapacityError(`perSecond.${operation} was never measured; there is ${known}.`);
    }
    for (const [service, cpuMs] of Object.entries(costs)) {
      if (cpuMs === 0 || perSecond === 0) continue;
      const { arrivals, offered, squares } = loads.get(service) ?? { arrivals: 0, offered: 0, squares: 0 };
      const seconds = cpuMs / 1_000;
      loads.set(service, {
        arrivals: arrivals + perSecond,
        offered: offered + perSecond * seconds,
        squares: squares + perSecond * 2 * seconds ** 2,
      });
    }
  }
  return [...loads].map(([service, load]) => need(plan, measured, service, load));
}

/** The part that waits too long, of requests to so many processes or cores. */
function lateOf(
  { target }: Plan,
  service: string,
  { arrivals, offered, squares }: Load,
  servers: number,
): number {
  if (servers === 0) return 1;
  const serviceSeconds = offered / arrivals;
  // (1 + C²) / 2 is half the mean square over the squared mean.
  const each = { serviceSeconds, stretch: squares / arrivals / serviceSeconds ** 2 / 2 };
  const line = shared.has(service)
    ? { ...each, servers, arrivalsPerSecond: arrivals }
    : { ...each, servers: 1, arrivalsPerSecond: arrivals / servers };
  return waitsLonger(line, target.waitMs / 1_000);
}

function need(plan: Plan, measured: Measured, service: string, load: Load): Need {
  const { share, waitMs, utilisation, zones } = plan.target;
  const { arrivals, offered } = load;
  const serviceMs = (1_000 * offered) / arrivals;
  let replicas = Math.max(zones, Math.ceil(offered / utilisation));
  const late = () => lateOf(plan, service, load, leftOf(replicas, zones));
  while (late() > 1 - share) {
    replicas += 1;
    if (replicas > mostReplicas)
      throw new CapacityError(
        `No number of processes of ${service} meets target.waitMs ${waitMs}: a request takes ${serviceMs.toFixed(2)} ms.`,
      );
  }
  const memory = measured.memoryMiB[service];
  const ofSubscriptions =
    service === 'gateway' ? ((plan.subscriptions ?? 0) * measured.subscriptionKiB) / 1_024 : 0;
  return {
    service,
    arrivalsPerSecond: arrivals,
    serviceMs,
    offered,
    replicas,
    utilisation: offered / replicas,
    late: late(),
    requestCpuMilli: Math.ceil(Math.max(offered / replicas / utilisation, 0.1) * 100) * 10,
    // Half as much again as was seen: garbage is collected late under load.
    limitMemoryMiB:
      memory === undefined ? null : Math.ceil((1.5 * memory + ofSubscriptions / replicas) / 64) * 64,
  };
}
