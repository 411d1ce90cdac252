import { accept, invalid, newUuid } from '@marquee/kernel';
import { createLogger, createMetrics, currentCorrelation } from '@marquee/telemetry';
import { GraphQLError } from 'graphql';
import {
  runSubgraph,
  schemaPrelude,
  scopesOf,
  signViewer,
  toResult,
  type RunningSubgraph,
  type SubgraphOptions,
  type Viewer,
} from './index.ts';

export const secret = 'a secret of at least thirty-two characters';
const organisationId = newUuid();
export const guest: Viewer = { subject: 'acc_1', organisationId, role: 'GUEST', scopes: scopesOf('GUEST') };
export const organiser: Viewer = {
  ...guest,
  subject: 'acc_2',
  role: 'ORGANISER',
  scopes: scopesOf('ORGANISER'),
};

const schema = `${schemaPrelude()}
extend type Query {
  open: String
  named: String @authenticated
  managed: String @requiresScopes(scopes: [["events:manage", "catalogue:read"], ["tickets:scan"]])
  private: Private
  broken: String
  refused: String
  actor: String
  now: DateTime
  echo(at: DateTime, amount: BigInt, local: LocalDateTime): String
  amounts: [BigInt!]
}
extend type Mutation { rename(name: String!): RenameResult! @requiresScopes(scopes: [["events:manage"]]) }
type Thing @key(fields: "id") { id: ID! secret: String @requiresScopes(scopes: [["guests:read"]]) }
type Private @requiresScopes(scopes: [["analytics:read"]]) { total: Int }
type Renamed { name: String! }
union RenameResult = Renamed | InvalidInput
`;

export const resolvers = {
  Query: {
    open: () => 'open',
    named: (_: unknown, __: unknown, context: { viewer: Viewer }) => context.viewer.subject,
    managed: () => 'managed',
    private: () => ({ total: 1 }),
    broken: () => {
      throw new Error('connection string postgres://secret', { cause: new Error('deep') });
    },
    refused: () => {
      throw new GraphQLError('no such page', { extensions: { code: 'BAD_USER_INPUT' } });
    },
    actor: () => currentCorrelation()?.actor,
    now: () => new Date('2027-03-20T19:00:00+01:00'),
    echo: (_: unknown, args: { at?: Date; amount?: bigint; local?: string }) =>
      [args.at?.toISOString(), args.amount, args.local].join('|'),
    amounts: () => [1n, '2', 3, 9007199254740993n],
  },
  Mutation: {
    rename: (_: unknown, { name }: { name: string }) =>
      toResult(name ? accept({ name }) : invalid('name', 'must not be empty'), (value) => ({
        __typename: 'Renamed',
        ...value,
      })),
  },
  Thing: { __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : { id, secret: 's' }) },
};

/** A running subgraph of things, with what it logged and how often it drained. */
export type Things = {
  readonly subgraph: RunningSubgraph;
  readonly options: SubgraphOptions<{ viewer: Viewer }>;
  readonly logged: string[];
  drained: number;
  databaseIsUp: boolean;
};

export async function startThings(): Promise<Things> {
  const state = { logged: [] as string[], drained: 0, databaseIsUp: true };
  const options: SubgraphOptions<{ viewer: Viewer }> = {
    name: 'things',
    host: '127.0.0.1',
    port: 0,
    internalSecret: secret,
    schema,
    resolvers,
    context: ({ viewer }) => ({ viewer }),
    readiness: {
      database: async () => {
        if (!state.databaseIsUp) throw Object.assign(new Error('password=hunter2'), { code: 'ECONNREFUSED' });
      },
    },
    status: () => ({ lag: 0 }),
    metrics: createMetrics(),
    logger: createLogger({
      service: 'things',
      level: 'info',
      destination: { write: (line) => state.logged.push(line) },
    }),
    onDrain: async () => {
      state.drained += 1;
    },
    stopOnSignals: false,
  };
  return Object.assign(state, { options, subgraph: await runSubgraph(options) });
}

export type Result = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
};

/** The header of a request by this viewer. */
export const as = (viewer: Viewer) => ({ 'x-marquee-viewer': signViewer(viewer, secret) });

/** Sends a GraphQL request, as the guest unless the headers say otherwise. */
export async function send(
  { subgraph }: Things,
  body: unknown,
  headers: Record<string, string> = as(guest),
): Promise<{ readonly response: Response; readonly result: Result }> {
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { response, result: (await response.json()) as Result };
}
