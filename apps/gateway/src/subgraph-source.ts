import type { GraphQLDataSource } from '@apollo/gateway';
import { HeaderMap } from '@apollo/server';
import { isUnavailable, type Outbound, type OutboundResponse } from '@marquee/outbound';
import { signViewer, viewerHeader, type Viewer } from '@marquee/subgraph';
import { GraphQLError, Kind, parse } from 'graphql';
import type { GatewayContext } from './context.ts';

type SourceAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** One service as the gateway asks it. */
export type Subgraph = {
  readonly name: string;
  /** `http://host:port/graphql`. */
  readonly url: string;
  /** Its breaker, deadline and connections. */
  readonly outbound: Outbound;
};

export type SubgraphRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
};

/** Part of the answer is missing since a service did not answer; the rest is right. It is safe to ask again. */
export function subgraphUnavailable(
  serviceName: string,
  reason: string,
  path?: readonly (string | number)[],
): GraphQLError {
  return new GraphQLError(`The service ${serviceName} did not answer; what it knows is missing. Try again.`, {
    ...(path && path.length > 0 && { path: [...path] }),
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName, reason },
  });
}

/** Nobody is signed in. 401 for the whole answer: no service was asked. */
export function signInNeeded(): GraphQLError {
  // Apollo Server reads its own HeaderMap here; graphql-yoga's types, which the explorer brings, claim the name too.
  const headers = new HeaderMap([['www-authenticate', 'Bearer realm="marquee"']]) as never;
  return new GraphQLError('Sign in: send an access token as `authorization: Bearer …`.', {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers },
    },
  });
}

/** The path up to the first list: below it the planner knows no index. */
function knownPath(path: readonly (string | number)[] | undefined) {
  const list = path?.indexOf('@') ?? -1;
  return list < 0 ? path : path?.slice(0, list);
}

/** A fetch at the root fails for each of its fields, so that a client sees which of them are missing. */
function atRootFields(error: GraphQLError, query: string): SourceAnswer {
  const [operation] = parse(query, { noLocation: true }).definitions;
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  const { message, extensions } = error;
  const errors = selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [{ message, extensions, path: [selection.alias?.value ?? selection.name.value] }]
      : [],
  );
  return {
    data: null,
    errors: errors.length > 0 ? errors : [{ message, extensions }],
  } as unknown as SourceAnswer;
}

async function readAnswer(
  name: string,
  response: OutboundResponse,
  path?: readonly (string | number)[],
): Promise<SourceAnswer> {
  if (response.status >= 500) throw subgraphUnavailable(name, `STATUS_${response.status}`, path);
  const answer = await response.json().catch(() => null);
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw subgraphUnavailable(name, 'NO_GRAPHQL', path);
  return answer as SourceAnswer;
}

/** Asks one service as this viewer. Its errors are in the answer; a SUBGRAPH_UNAVAILABLE is thrown. */
export async function askSubgraph(
  { name, url, outbound }: Subgraph,
  viewer: Viewer,
  internalSecret: string,
  request: SubgraphRequest,
  path?: readonly (string | number)[],
): Promise<SourceAnswer> {
  try {
    const response = await outbound.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        [viewerHeader]: signViewer(viewer, internalSecret),
      },
      body: JSON.stringify(request),
      // A mutation is never sent twice; a query may be, once.
      safe: !request.query.startsWith('mutation'),
    });
    return await readAnswer(name, response, path);
  } catch (error) {
    if (isUnavailable(error)) throw subgraphUnavailable(name, error.code, path);
    throw error;
  }
}

/**
 * A service as @apollo/gateway's planner asks it. Own, over undici, in place of RemoteGraphQLDataSource, whose
 * node-fetch is half of a request's cost (measured: 563 against 2,038 three-hop queries a second). Headers of the
 * client never pass: what a service is told of the caller is what the gateway verified and signed.
 */
export function createSubgraphSource(subgraph: Subgraph, internalSecret: string): GraphQLDataSource {
  return {
    process: async (options) => {
      const { viewer } = options.context as GatewayContext;
      if (!viewer) throw signInNeeded();
      const { query = '', variables, operationName } = options.request;
      const path = 'pathInIncomingRequest' in options ? knownPath(options.pathInIncomingRequest) : undefined;
      const request = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
      const isRoot = !path || path.length === 0;
      return askSubgraph(subgraph, viewer, internalSecret, request, path).catch((error: unknown) => {
        if (isRoot && error instanceof GraphQLError) return atRootFields(error, query);
        throw error;
      });
    },
  };
}
