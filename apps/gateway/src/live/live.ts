import type { ApolloServer } from '@apollo/server';
import { graphError, type ErrorCode, type Viewer } from '@marquee/subgraph';
import { newCorrelationId, runWithCorrelation, type Metrics } from '@marquee/telemetry';
import { GraphQLError, validate, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { audienceOf } from '../caching/audience.ts';
import type { GatewayContext } from '../context.ts';
import type { DocumentFacts } from '../documents/document-facts.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { ChangeSource } from '../gateway.ts';
import type { GraphqlRequest } from '../http/graphql-request.ts';
import { toError, type Gatekeeper } from '../limits/gatekeeper.ts';
import type { Headers } from '../usage/client.ts';
import type { FieldUsage } from '../usage/field-usage.ts';
import { toLiveQuery, type LiveQuery } from './live-fields.ts';
import type { Results } from './room.ts';
import { createRooms, type Rooms } from './rooms.ts';

export type LiveOptions = {
  readonly apollo: ApolloServer<GatewayContext>;
  /** As clients see it; undefined until it is loaded. */
  readonly schema: () => GraphQLSchema | undefined;
  readonly facts: () => DocumentFacts;
  readonly documents: DocumentStore;
  readonly changes: ChangeSource;
  readonly gatekeeper: Gatekeeper;
  readonly metrics: Metrics;
  /** Undefined where the use of fields is not recorded. */
  readonly usage: Pick<FieldUsage, 'saw'> | undefined;
};

export type Subscribed = { readonly results: Results; readonly document: DocumentNode };

export type Live = {
  /** The graph as clients see it. */
  schema(): GraphQLSchema | undefined;
  /** Subscribes this viewer until `signal` fires; a refusal is errors in words for the client. */
  subscribe(
    viewer: Viewer,
    request: GraphqlRequest,
    signal: AbortSignal,
    /** By which the client says who it is. */
    headers: Headers,
  ): Promise<Subscribed | readonly GraphQLError[]>;
};

const rememberedCharacters = 4 * 1024 * 1024;

function refusal(code: ErrorCode, message: string): readonly GraphQLError[] {
  return [graphError(code, message)];
}

/** Judges a subscription's document once for each schema; answers the query in its place, or what is wrong. */
type Prepared = { readonly live: LiveQuery; readonly document: DocumentNode };

function createPreparation({ facts }: LiveOptions) {
  const preparedFor = new WeakMap<GraphQLSchema, LRUCache<string, Prepared | readonly GraphQLError[]>>();
  const prepare = (schema: GraphQLSchema, source: string, operationName: string | undefined) => {
    const known = facts().of(source, operationName);
    if (!known) return refusal('BAD_REQUEST', 'The document cannot be parsed, or has no such operation.');
    const { document, operation } = known;
    if (operation.operation !== 'subscription') {
      return refusal('BAD_REQUEST', 'Only subscriptions are taken here. Send queries and mutations by POST.');
    }
    const faults = validate(schema, document);
    if (faults.length > 0) return faults;
    const live = toLiveQuery(document, operation);
    return live ? { live, document } : refusal('BAD_REQUEST', 'This subscription is not served.');
  };
  return (schema: GraphQLSchema, source: string, operationName: string | undefined) => {
    let prepared = preparedFor.get(schema);
    if (!prepared) {
      prepared = new LRUCache({
        maxSize: rememberedCharacters,
        sizeCalculation: (_, key) => key.length + 100,
      });
      preparedFor.set(schema, prepared);
    }
    const key = `${operationName ?? ''}\n${source}`;
    const made = prepared.get(key) ?? prepare(schema, source, operationName);
    prepared.set(key, made);
    return made;
  };
}

/** Asks the graph as any request does, under a correlation id of its own. */
async function ask(
  apollo: ApolloServer<GatewayContext>,
  { source }: LiveQuery,
  { operationName, variables }: GraphqlRequest,
  viewer: Viewer,
): Promise<ExecutionResult> {
  const correlationId = newCorrelationId();
  const request = {
    query: source,
    ...(operationName !== undefined && { operationName }),
    ...(variables && { variables }),
  };
  const { body } = await runWithCorrelation({ correlationId, actor: viewer.subject }, () =>
    apollo.executeOperation(request, { contextValue: { correlationId, viewer } }),
  );
  if (body.kind !== 'single') throw new Error('an answer in parts');
  const { data, errors } = body.singleResult;
  return {
    data: data ?? null,
    // As the transports expect them: each turns itself into JSON.
    ...(errors && {
      errors: errors.map(({ message, path, extensions }) => new GraphQLError(message, { path, extensions })),
    }),
  };
}

function observe(rooms: Rooms, metrics: Metrics): void {
  metrics.observed('marquee_live_subscriptions', 'Open subscriptions', () => [
    { value: rooms.count().members },
  ]);
  metrics.observed('marquee_live_queries', 'Queries that answer the open subscriptions', () => [
    { value: rooms.count().rooms },
  ]);
}

/** Subscriptions: each is a query of the graph, asked again when what it shows changes. */
export function createLive(options: LiveOptions): Live {
  const { apollo, documents, gatekeeper, metrics, schema, facts } = options;
  const rooms = createRooms();
  options.changes.listenToChanges({ onChanges: rooms.changed, onGap: rooms.missed });
  observe(rooms, metrics);
  const prepare = createPreparation(options);

  const join = (viewer: Viewer, request: GraphqlRequest, live: LiveQuery, signal: AbortSignal): Results => {
    const { operationName, variables = {} } = request;
    const isShared = facts().of(live.source, operationName)?.policy.scope === 'PUBLIC';
    const parts = [isShared ? audienceOf(viewer) : viewer, operationName, variables, live.source];
    // What is shared is nobody's own: asked for by nobody in particular.
    const asker = isShared ? { ...viewer, subject: 'live' } : viewer;
    const question = {
      key: JSON.stringify(parts),
      organisationId: viewer.organisationId,
      watched: live.watched(variables),
      everyMs: live.field.everyMs,
      ask: () => ask(apollo, live, request, asker),
    };
    return rooms.join(question, signal);
  };
  return {
    schema,
    subscribe: async (viewer, request, signal, headers) => {
      const current = schema();
      if (!current) return refusal('SUBGRAPH_UNAVAILABLE', 'The graph is starting. Try again.');
      const resolved = documents.resolve(request);
      if ('refused' in resolved) return refusal(resolved.refused.code, resolved.refused.message);
      const { source } = resolved;
      if (!source) return refusal('BAD_REQUEST', 'Send `query`, or `documentId`.');
      // By its account alone: whoever connected has been counted by address then.
      const caller = { viewer, address: '' };
      const excess = gatekeeper.judgeDocument(caller, source);
      if (excess) return [toError(excess)];
      // What it costs to be told of later changes is shared by all who watch the same, and charged to nobody.
      const admitted = gatekeeper.admit(caller, facts().of(source, request.operationName), request.variables);
      if ('refused' in admitted) return [toError(admitted.refused)];
      const prepared = prepare(current, source, request.operationName);
      if (!('live' in prepared)) return prepared;
      const known = facts().of(source, request.operationName);
      if (known) options.usage?.saw(headers, source, known);
      const { live, document } = prepared;
      return { results: join(viewer, request, live, signal), document };
    },
  };
}
