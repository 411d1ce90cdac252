import { runSubgraph } from '@marquee/subgraph';
import { createLogger, createMetrics } from '@marquee/telemetry';

/** What the parent sends. */
export type ServicePlan = { readonly name: ServiceName; readonly internalSecret: string };

export type ServiceName = keyof typeof schemas;

/**
 * Three services in Federation 1, which is what Mercurius understands, and what every other gateway does too. A show
 * names its venue, a venue its owner: shows with both are three hops, each of which needs the one before.
 */
export const schemas = {
  shows: `
    type Query { shows(first: Int!, skip: Int!): [Show!]! }
    type Show @key(fields: "id") { id: ID! title: String! startsAt: String! venue: Venue! }
    extend type Venue @key(fields: "id") { id: ID! @external }`,
  venues: `
    type Venue @key(fields: "id") { id: ID! name: String! capacity: Int! owner: Person! }
    extend type Person @key(fields: "id") { id: ID! @external }`,
  people: `
    type Person @key(fields: "id") { id: ID! name: String! email: String! }`,
} as const;

/** Enough that two requests of a run seldom ask for the same. */
const things = 10_000;

const show = (index: number) => ({
  id: `show-${index % things}`,
  title: `Show number ${index % things}`,
  startsAt: '2027-03-20T18:00:00.000Z',
  venue: { id: `venue-${(index * 7) % things}` },
});

const resolvers: Readonly<Record<ServiceName, object>> = {
  shows: {
    Query: {
      shows: (_: unknown, { first, skip }: { first: number; skip: number }) =>
        Array.from({ length: first }, (_each, index) => show(skip + index)),
    },
  },
  venues: {
    Venue: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        name: `The ${id}`,
        capacity: id.length * 100,
        owner: { id: id.replace('venue', 'person') },
      }),
    },
  },
  people: {
    Person: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        name: `Somebody called ${id}`,
        email: `${id}@example.com`,
      }),
    },
  },
};

async function serve({ name, internalSecret }: ServicePlan): Promise<void> {
  const service = await runSubgraph({
    name,
    host: '127.0.0.1',
    port: 0,
    internalSecret,
    schema: schemas[name],
    resolvers: resolvers[name],
    context: () => ({}),
    readiness: {},
    metrics: createMetrics(),
    logger: createLogger({ service: name, level: 'warn' }),
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
  process.send!(service.url);
}

if (process.send) {
  process.once('message', (plan) => void serve(plan as ServicePlan));
  process.once('disconnect', () => process.exit(0));
}
