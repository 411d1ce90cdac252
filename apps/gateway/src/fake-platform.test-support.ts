import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { findFreePort } from '@marquee/embedded';
import { encodeId, newUuid } from '@marquee/kernel';
import { runSubgraph, schemaPrelude, scopesOf, type RunningSubgraph, type Viewer } from '@marquee/subgraph';
import { createLogger, createMetrics } from '@marquee/telemetry';
import { GraphQLError, parse } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { noTrustedDocuments } from './documents/trusted-documents.ts';
import { startGateway, type GatewayOptions, type RunningGateway } from './gateway.ts';
import { defaultBudgets } from './limits/budgets.ts';
import { nodeDeclarations, nodeSchema, nodeSubgraphName } from './node/node-schema.ts';

export const internalSecret = 'the secret that the fake platform shares';
export const organisationId = newUuid();
export const otherOrganisationId = newUuid();
export const venueId = encodeId('Venue', newUuid());
export const foreignVenueId = encodeId('Venue', newUuid());
export const occurrenceId = encodeId('Occurrence', newUuid());

const venuesSchema = `${schemaPrelude()}
extend type Query {
  venues: [Venue!]
  whoAmI: String
  broken: String
  at(at: DateTime): String
  page(first: Int!): String!
}
extend type Mutation { renameVenue(name: String!): Venue }
extend type Subscription { venueRenamed: Venue }
type Venue implements Node @key(fields: "id") @cacheControl(maxAge: 30) {
  id: ID!
  name: String!
  parent: Venue
  takings: Int @requiresScopes(scopes: [["analytics:read"]])
}`;

const eventsSchema = `${schemaPrelude()}
extend type Query {
  occurrences: [Occurrence!]
  occurrence(id: ID!): Occurrence
}
extend type Subscription { availabilityChanged(occurrenceId: ID!): Occurrence }
type Occurrence implements Node @key(fields: "id") { id: ID! startsAt: DateTime! venue: Venue lostVenue: Venue missing: String! note: String takings: Int @requiresScopes(scopes: [["analytics:read"]]) viewer: String }
type Venue @key(fields: "id", resolvable: false) { id: ID! }`;

const schemas: Readonly<Record<string, string>> = { venues: venuesSchema, events: eventsSchema };

const badInput = { extensions: { code: 'BAD_USER_INPUT', field: 'first' } };

/** What the fake services saw, and how they are told to behave. */
export type Behaviour = {
  readonly viewers: Viewer[];
  readonly correlationIds: string[];
  mutations: number;
  venuesReady: boolean;
  venueName: string;
  /** How often `venues` was asked for. */
  asked: number;
};

type Context = { readonly viewer: Viewer; readonly correlationId: string };

function resolversOf(behaviour: Behaviour): Readonly<Record<string, object>> {
  const venue = { id: venueId, name: 'Lyceum', takings: 7 };
  const owners: Readonly<Record<string, string>> = {
    [venueId]: organisationId,
    [foreignVenueId]: otherOrganisationId,
  };
  return {
    venues: {
      Query: {
        venues: () => {
          behaviour.asked += 1;
          return [{ ...venue, name: behaviour.venueName }];
        },
        whoAmI: (_: unknown, __: unknown, { viewer }: Context) =>
          `${viewer.role} of ${viewer.organisationId}`,
        broken: () => {
          throw new Error('password=hunter2');
        },
        page: (_: unknown, { first }: { first: number }) => {
          if (first < 1) throw new GraphQLError('first must be from 1 to 100', badInput);
          return 'page';
        },
        at: (_: unknown, { at }: { at: Date }) => at.toISOString(),
      },
      Mutation: {
        renameVenue: () => {
          behaviour.mutations += 1;
          return venue;
        },
      },
      Venue: {
        __resolveReference: ({ id }: { id: string }, { viewer }: Context) =>
          owners[id] === viewer.organisationId ? { ...venue, id } : null,
        parent: () => venue,
      },
    },
    events: {
      Query: {
        occurrence: (_: unknown, { id }: { id: string }) => ({ id, startsAt: new Date(0) }),
        occurrences: () => [
          {
            id: occurrenceId,
            startsAt: new Date(0),
            venue: { id: venueId },
            lostVenue: { id: foreignVenueId },
            missing: null,
          },
        ],
      },
      Occurrence: {
        note: () => {
          behaviour.asked += 1;
          return behaviour.venueName;
        },
        takings: () => 7,
        viewer: (_: unknown, __: unknown, { viewer }: Context) => viewer.subject,
        __resolveReference: ({ id }: { id: string }) => ({ id, startsAt: new Date(0) }),
      },
    },
  };
}

/** The supergraph of the two fake services, what a test adds to them, and the gateway's own. */
export function composeFakes(urls: Readonly<Record<string, string>>, more: AddedSchemas = {}): string {
  const all = Object.entries({ ...schemas, ...more });
  const documents = Object.fromEntries(all.map(([name, sdl]) => [name, parse(sdl)]));
  const composition = composeServices([
    ...Object.entries(documents).map(([name, typeDefs]) => ({ name, url: urls[name] ?? '', typeDefs })),
    {
      name: nodeSubgraphName,
      url: 'local:node',
      typeDefs: parse(nodeSchema([...nodeDeclarations(documents).keys()])),
    },
  ]);
  if (composition.errors) throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  return composition.supergraphSdl.replaceAll(', for: SECURITY)', ')');
}

export function goodBehaviour(): Behaviour {
  return { viewers: [], correlationIds: [], mutations: 0, venuesReady: true, venueName: 'Lyceum', asked: 0 };
}

/** One fake service on this port. */
export function startFake(name: string, behaviour: Behaviour, port: number): Promise<RunningSubgraph> {
  return runSubgraph<Context>({
    name,
    host: '127.0.0.1',
    port,
    internalSecret,
    schema: schemas[name]!,
    resolvers: resolversOf(behaviour)[name]!,
    context: ({ viewer, correlationId }) => {
      behaviour.viewers.push(viewer);
      behaviour.correlationIds.push(correlationId);
      return { viewer, correlationId };
    },
    readiness: {
      database: async () => {
        if (name === 'venues' && !behaviour.venuesReady) throw new Error('down');
      },
    },
    metrics: createMetrics(),
    logger: createLogger({ service: name, level: 'silent' }),
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
}

export type Issuer = {
  readonly jwksFile: string;
  readonly privateKey: CryptoKey;
  sign(
    claims?: JWTPayload,
    options?: { readonly header?: object; readonly key?: CryptoKey },
  ): Promise<string>;
  addKey(kid: string): Promise<CryptoKey>;
};

export const claims: JWTPayload = {
  iss: 'tests',
  aud: 'marquee',
  sub: 'acc_1',
  org: organisationId,
  role: 'GUEST',
  scopes: [...scopesOf('GUEST')],
};

/** An issuer with its key set in a file of its own. */
export async function createIssuer(): Promise<Issuer> {
  const jwksFile = join(mkdtempSync(join(tmpdir(), 'marquee-gateway-')), 'jwks.json');
  const keys: object[] = [];
  const addKey = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    keys.push({ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' });
    writeFileSync(jwksFile, JSON.stringify({ keys }));
    return privateKey;
  };
  const privateKey = await addKey('first');
  return {
    jwksFile,
    privateKey,
    addKey,
    sign: (payload = {}, { header = {}, key = privateKey } = {}) =>
      new SignJWT({ exp: Math.floor(Date.now() / 1000) + 600, ...claims, ...payload })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'first', ...header })
        .sign(key),
  };
}

export type FakePlatform = {
  readonly gateway: RunningGateway;
  readonly behaviour: Behaviour;
  readonly issuer: Issuer;
  readonly services: Record<string, RunningSubgraph>;
  readonly logged: string[];
  stop(): Promise<void>;
};

/** Schemas of services that run already, by name; `serviceUrls` says where. */
type AddedSchemas = Readonly<Record<string, string>>;

export async function startFakePlatform(
  changes: Partial<GatewayOptions> = {},
  added: AddedSchemas = {},
): Promise<FakePlatform> {
  const behaviour = goodBehaviour();
  const services: Record<string, RunningSubgraph> = {
    // Ports that nobody else is given while one of them is away.
    venues: await startFake('venues', behaviour, await findFreePort()),
    events: await startFake('events', behaviour, await findFreePort()),
  };
  const issuer = await createIssuer();
  const logged: string[] = [];
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    supergraph: composeFakes({ venues: services['venues']!.url, events: services['events']!.url }, added),
    serviceUrls: new Map(),
    internalSecret,
    tokens: { development: { jwksFile: issuer.jwksFile, issuer: 'tests' }, audience: 'marquee' },
    trustedProxies: 0,
    executor: 'marquee',
    subgraphTimeoutMs: 5_000,
    operationTimeoutMs: 10_000,
    allowedOrigins: '*',
    explorer: true,
    introspection: true,
    documents: { mode: 'any', trusted: noTrustedDocuments },
    cacheBytes: 0,
    maxLiveConnections: 10,
    maxLiveConnectionsOfOneViewer: 10,
    limits: { maxCost: 20_000, mode: 'on', budgets: defaultBudgets },
    liveDrainMs: 100,
    metrics: createMetrics(),
    logger: createLogger({
      service: 'gateway',
      level: 'info',
      destination: { write: (line) => logged.push(line) },
    }),
    ...changes,
  });
  return {
    gateway,
    behaviour,
    issuer,
    services,
    logged,
    stop: async () => {
      await gateway.drain();
      await Promise.all(Object.values(services).map((service) => service.drain()));
    },
  };
}

/** An error as it is sent. */
export type SentError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, string>>;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors: readonly SentError[];
  };
};

/** What `/health/ready` of the gateway says. */
export type Readiness = {
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly error?: string }>>;
  readonly details: { readonly breakers: readonly { readonly name: string; readonly state: string }[] };
};

/** The platform as the gateway sees it. */
export async function readinessOf(gateway: RunningGateway): Promise<{ readonly status: number } & Readiness> {
  const response = await fetch(`${gateway.url}/health/ready`);
  return { ...((await response.json()) as Readiness), status: response.status };
}

/** Sends a query, or any body, to a gateway. */
export async function ask(
  gateway: RunningGateway,
  query: string | object,
  { token, headers = {} }: { readonly token?: string; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(typeof query === 'string' ? { query } : query),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}
