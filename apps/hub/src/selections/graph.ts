import type { Outbound } from '@marquee/outbound';
import {
  PeerUnavailableError,
  serviceViewer,
  signViewer,
  viewerHeader,
  type Viewer,
} from '@marquee/subgraph';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** The whole graph as clients see it. Both throw PeerUnavailableError where it does not answer. */
export type Graph = {
  schema(): Promise<GraphQLSchema>;
  /**
   * The data of a query with what this viewer may read: what it may not is null, where the schema lets it be. Throws a
   * plain error where there is no data at all, and asking again will not help.
   */
  query(viewer: Viewer, document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
};

type Answer = {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

/** What an answer says that another moment may not. */
const passingCodes = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'SUBREQUEST_FAILED']);
const schemaLifeMs = 60_000;
const noOrganisation = '00000000-0000-0000-0000-000000000000';

/** The graph through the gateway at `url` (`http://host:port`), past what it asks of strangers. */
export function createGraph(options: {
  readonly url: string;
  readonly internalSecret: string;
  readonly outbound: Outbound;
}): Graph {
  const { url, internalSecret, outbound } = options;
  const ask = async (path: string, viewer: Viewer, body?: object): Promise<string> => {
    const response = await outbound
      .fetch(new URL(path, url), {
        method: body ? 'POST' : 'GET',
        safe: true,
        headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, internalSecret) },
        ...(body && { body: JSON.stringify(body) }),
      })
      .catch((cause: unknown) => {
        throw new PeerUnavailableError('gateway', 'did not answer', cause);
      });
    if (response.status >= 500 || response.status === 401 || response.status === 404)
      throw new PeerUnavailableError('gateway', `answered ${response.status}`);
    return response.text();
  };
  let known: { readonly schema: GraphQLSchema; readonly sinceMs: number } | null = null;
  return {
    schema: async () => {
      if (known && performance.now() - known.sinceMs < schemaLifeMs) return known.schema;
      const sdl = await ask('/internal/schema', serviceViewer('hub', noOrganisation));
      known = { schema: buildSchema(sdl, { assumeValid: true }), sinceMs: performance.now() };
      return known.schema;
    },
    query: async (viewer, query, variables) => {
      const { data, errors = [] } = JSON.parse(
        await ask('/internal/graphql', viewer, { query, variables }),
      ) as Answer;
      const passing = errors.find(({ extensions }) => passingCodes.has(extensions?.code ?? ''));
      if (passing) throw new PeerUnavailableError('gateway', passing.message);
      if (data === null || data === undefined)
        throw new Error(errors[0]?.message ?? 'the graph answered nothing');
      return data;
    },
  };
}
