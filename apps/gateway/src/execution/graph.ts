import { ApolloGateway } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { createOutbound, type Outbound, type OutboundStatus } from '@marquee/outbound';
import type { Flags } from '@marquee/flags';
import type { Logger, Metrics } from '@marquee/telemetry';
import { Agent } from 'undici';
import { nodeSubgraphName, readSupergraph, type SupergraphService } from '../node/node-schema.ts';
import { createNodeService } from '../node/node-source.ts';
import { createExecutor, type KnownDocument, type MarqueeGateway } from './executor.ts';
import { createInFlight } from './in-flight.ts';
import type { Service } from './service.ts';
import { createSubgraphService, toDataSource, type Subgraph } from './subgraph-service.ts';

export type ExecutorName = 'marquee' | 'apollo';

export type GraphOptions = {
  readonly supergraph: string;
  readonly watchSupergraph?: (onChange: (sdl: string) => void) => () => void;
  readonly onSupergraph: (sdl: string) => void;
  readonly serviceUrls: ReadonlyMap<string, string>;
  readonly internalSecret: string;
  readonly executor: ExecutorName;
  readonly subgraphTimeoutMs: number;
  /** Left out: every switch is on. */
  readonly flags?: Pick<Flags, 'isOn'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

/** The supergraph, the services behind it and what runs operations over them. */
export type Graph = {
  readonly gateway: GatewayInterface;
  /** A service by its name in the supergraph. */
  readonly subgraphOf: (service: SupergraphService) => Subgraph;
  readonly breakers: () => readonly OutboundStatus[];
  /** Where @apollo/gateway's own executor was chosen it knows none. */
  readonly known: MarqueeGateway['known'];
  /** Plans these operations before a client asks. Answers how many are ready. */
  warmUp(documents: readonly KnownDocument[]): number;
  close(): Promise<void>;
};

/** Opens after half of at least 5 calls failed, and tries again each second: recovery is seen within two. */
const thresholds = { errorThresholdPercentage: 50, volumeThreshold: 5, resetTimeoutMs: 1_000 };

/** The services by name. Breakers and connections outlive a change of the supergraph. */
function createSubgraphs({ serviceUrls, subgraphTimeoutMs, flags, logger, metrics }: GraphOptions) {
  // No small number of connections: with 4 to a service the gateway answers a fifth less (measured).
  const dispatcher = new Agent({ connections: 256, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const outbounds = new Map<string, Outbound>();
  const outboundOf = (name: string): Outbound => {
    const known = outbounds.get(name);
    if (known) return known;
    const retry = { attempts: 2, safe: false };
    const timeoutMs = subgraphTimeoutMs;
    const breaker = { ...thresholds, isOn: () => flags?.isOn('breakers', name) ?? true };
    const made = createOutbound({ name, timeoutMs, breaker, retry, logger, metrics, dispatcher });
    outbounds.set(name, made);
    return made;
  };
  return {
    of: ({ name, url }: SupergraphService): Subgraph => ({
      name,
      url: serviceUrls.get(name) ?? url,
      outbound: outboundOf(name),
    }),
    states: () => [...outbounds.values()].map((outbound) => outbound.state()),
    close: async () => {
      await Promise.all([...outbounds.values()].map((outbound) => outbound.close()));
      await dispatcher.close();
    },
  };
}

/** What answers for each service of a supergraph: those at an address, and the gateway's own. */
function createServices(
  sdl: string,
  serviceOf: (service: SupergraphService) => Service,
): ReadonlyMap<string, Service> {
  const { services, nodeOwners } = readSupergraph(sdl);
  const byName = new Map(services.map((service) => [service.name, serviceOf(service)]));
  const owners = new Map(
    [...nodeOwners].flatMap(([type, name]) => {
      const owner = byName.get(name);
      return owner ? [[type, owner] as const] : [];
    }),
  );
  return byName.set(nodeSubgraphName, createNodeService({ owners }));
}

/** Serves the supergraph with @apollo/gateway: its planner and schema, and by choice its executor. */
export function createGraph(options: GraphOptions): Graph {
  const { internalSecret, logger, metrics } = options;
  const subgraphs = createSubgraphs(options);
  const inFlight = createInFlight();
  const serviceOf = (service: SupergraphService) =>
    createSubgraphService(subgraphs.of(service), internalSecret, inFlight);
  let services = createServices(options.supergraph, serviceOf);
  // Asked for anew at each call: a change of the supergraph brings other services.
  const current = (name: string): Service | undefined =>
    services.has(name) ? { ask: (...question) => services.get(name)!.ask(...question) } : undefined;
  const apollo = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      const stop = options.watchSupergraph?.((changed) => {
        update(changed);
        services = createServices(changed, serviceOf);
        options.onSupergraph(changed);
      });
      return { supergraphSdl: options.supergraph, cleanup: async () => stop?.() };
    },
    buildService: ({ name }) => toDataSource({ ask: (...question) => services.get(name)!.ask(...question) }),
    // Composition has validated it; doing so again costs half a second of each start.
    validateSupergraph: false,
    __exposeQueryPlanExperimental: false,
    logger,
  });
  const own = options.executor === 'marquee';
  const gateway = own ? createExecutor({ apollo, services: current, logger, metrics }) : undefined;
  return {
    gateway: gateway ?? apollo,
    subgraphOf: subgraphs.of,
    breakers: subgraphs.states,
    known: (facts) => gateway?.known(facts),
    warmUp: (documents) => gateway?.warmUp(documents) ?? 0,
    close: subgraphs.close,
  };
}
