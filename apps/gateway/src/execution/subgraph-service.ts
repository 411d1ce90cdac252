import type { GraphQLDataSource } from '@apollo/gateway';
import { HeaderMap } from '@apollo/server';
import { isUnavailable, type Outbound } from '@marquee/outbound';
import { graphError, signViewer, type Viewer } from '@marquee/subgraph';
import { Kind, parse, type GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { createChannel, type Told } from './channel.ts';
import type { InFlight } from './in-flight.ts';
import { questionOf, type Question, type Service, type ServiceAnswer } from './service.ts';

/** One service as the gateway asks it. */
export type Subgraph = {
  readonly name: string;
  /** `http://host:port/graphql`. */
  readonly url: string;
  /** Its breaker, deadline and connections. */
  readonly outbound: Outbound;
};

/** Part of the answer is missing since a service did not answer; the rest is right. It is safe to ask again. */
export function subgraphUnavailable(
  serviceName: string,
  reason: string,
  path?: readonly (string | number)[],
): GraphQLError {
  const message = `The service ${serviceName} did not answer; what it knows is missing. Try again.`;
  const at = path && path.length > 0 ? { path: [...path] } : {};
  return graphError('SUBGRAPH_UNAVAILABLE', message, { serviceName, reason }, at);
}

/** Nobody is signed in. 401 for the whole answer: no service was asked. */
export function signInNeeded(): GraphQLError {
  const headers = new HeaderMap([['www-authenticate', 'Bearer realm="marquee"']]);
  const message = 'Sign in: send an access token as `authorization: Bearer …`.';
  return graphError('UNAUTHENTICATED', message, { http: { status: 401, headers } });
}

/** A fetch at the root fails for each of its fields, so that a client sees which of them are missing. */
function atRootFields({ message, extensions }: GraphQLError, query: string): ServiceAnswer {
  const [operation] = parse(query, { noLocation: true }).definitions;
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  const errors = selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [{ message, extensions, path: [selection.alias?.value ?? selection.name.value] }]
      : [],
  );
  return { data: null, errors: errors.length > 0 ? errors : [{ message, extensions }] };
}

/** Signing costs some 10 us, and a signature holds for a minute: one serves a viewer for a while. */
const signatureServesMs = 15_000;

function createSigner(internalSecret: string): (viewer: Viewer) => string {
  const signed = new WeakMap<Viewer, { readonly header: string; readonly atMs: number }>();
  return (viewer) => {
    const nowMs = Date.now();
    const known = signed.get(viewer);
    if (known && nowMs - known.atMs < signatureServesMs && nowMs >= known.atMs) return known.header;
    const header = signViewer(viewer, internalSecret, nowMs);
    signed.set(viewer, { header, atMs: nowMs });
    return header;
  };
}

function parseAnswer(name: string, text: string, path: readonly (string | number)[]): ServiceAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw subgraphUnavailable(name, 'NO_GRAPHQL', path);
  }
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw subgraphUnavailable(name, 'NO_GRAPHQL', path);
  return answer as ServiceAnswer;
}

/**
 * A service as both executors ask it: over undici, in place of RemoteGraphQLDataSource, whose node-fetch is half of a
 * request's cost (measured: 563 against 2,038 three-hop queries a second). Headers of the client never pass: what a
 * service is told of the caller is what the gateway verified and signed.
 */
export function createSubgraphService(
  subgraph: Subgraph,
  internalSecret: string,
  inFlight: InFlight,
): Service {
  const { name, url } = subgraph;
  const channel = createChannel({ ...subgraph, url: new URL(url) }, createSigner(internalSecret));
  const textOf = ({ status, text }: Told): string => {
    if (status >= 500) throw subgraphUnavailable(name, `STATUS_${status}`);
    return text;
  };
  const read = async (question: Question, variables: string, viewer: Viewer): Promise<string> => {
    const body = `${question.head}${variables}}`;
    if (!question.isMutation) {
      return inFlight.share(viewer, name, body, () => channel.read(viewer, body).then(textOf));
    }
    // A mutation is never sent twice, never shared, and always alone.
    return channel
      .write(viewer, body)
      .then(textOf)
      .finally(() => inFlight.forget());
  };

  return {
    ask: async (question, variables, { viewer }, path) => {
      if (!viewer) throw signInNeeded();
      try {
        return parseAnswer(name, await read(question, variables, viewer), path);
      } catch (error) {
        const { reason } = (error as GraphQLError).extensions ?? {};
        if (!isUnavailable(error) && reason === undefined) throw error;
        // Made anew: one failure may have been shared, and each asker's answer has places of its own.
        const failure = subgraphUnavailable(name, isUnavailable(error) ? error.code : String(reason), path);
        if (path.length > 0) throw failure;
        return atRootFields(failure, question.query);
      }
    },
  };
}

/** The path up to the first list: below it the planner knows no index. */
function knownPath(path: readonly (string | number)[] = []): readonly (string | number)[] {
  const list = path.indexOf('@');
  return list < 0 ? path : path.slice(0, list);
}

/** The same for @apollo/gateway's own executor. */
export function toDataSource(service: Service): GraphQLDataSource {
  return {
    process: async (options) => {
      const { query = '', variables = {}, operationName } = options.request;
      const path = 'pathInIncomingRequest' in options ? knownPath(options.pathInIncomingRequest) : [];
      const question = questionOf(query, operationName, query.startsWith('mutation'));
      const context = options.context as GatewayContext;
      return (await service.ask(question, JSON.stringify(variables), context, path)) as Awaited<
        ReturnType<GraphQLDataSource['process']>
      >;
    },
  };
}
