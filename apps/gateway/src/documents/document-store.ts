import { createHash } from 'node:crypto';
import type { ErrorCode } from '@marquee/subgraph';
import { LRUCache } from 'lru-cache';
import type { GraphqlRequest } from '../http/graphql-request.ts';

/** `any`: every document, and automatic persisted queries. `trusted`: only those that were registered. */
export type DocumentMode = 'any' | 'trusted';

export type Resolved =
  /** The document's text; undefined where the request has none. */
  | { readonly source: string | undefined }
  | { readonly refused: { readonly status: number; readonly code: ErrorCode; readonly message: string } };

/** Registered documents by the SHA-256 of their text, in hex. */
export type TrustedDocuments = { find(hash: string): string | undefined };

export type DocumentStore = { resolve(request: GraphqlRequest): Resolved };

const hashPattern = /^[0-9a-f]{64}$/;
const rememberedCharacters = 16 * 1024 * 1024;
const longestDocument = 100_000;

function refuse(status: number, code: ErrorCode, message: string): Resolved {
  return { refused: { status, code, message } };
}

export function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}

/** The hash by which a request names its document; null where it names none, a message where it does so wrongly. */
function namedHash({ documentId, extensions }: GraphqlRequest): { hash: string } | { fault: string } | null {
  const persisted = extensions?.['persistedQuery'] as { version?: unknown; sha256Hash?: unknown } | undefined;
  if (documentId !== undefined) {
    const hash = documentId.startsWith('sha256:') ? documentId.slice('sha256:'.length) : '';
    return hashPattern.test(hash)
      ? { hash }
      : { fault: '`documentId` must be sha256: and 64 hexadecimal digits in lower case.' };
  }
  if (persisted === undefined || persisted === null) return null;
  if (persisted.version !== 1) return { fault: '`extensions.persistedQuery.version` must be 1.' };
  const hash = persisted.sha256Hash;
  return typeof hash === 'string' && hashPattern.test(hash)
    ? { hash }
    : { fault: '`extensions.persistedQuery.sha256Hash` must be 64 hexadecimal digits in lower case.' };
}

/**
 * Finds the document of a request: its own text; a registered document by `documentId` (persisted documents of GraphQL
 * over HTTP) or by hash; or, where any document is taken, one that a client persisted itself by Apollo's protocol
 * (https://www.apollographql.com/docs/apollo-server/performance/apq). Persisted ones are kept by this process alone: a
 * client that meets another is asked for the text again.
 */
export function createDocumentStore(options: {
  readonly mode: DocumentMode;
  readonly trusted: TrustedDocuments;
}): DocumentStore {
  const { mode, trusted } = options;
  const persisted = new LRUCache<string, string>({
    maxSize: rememberedCharacters,
    sizeCalculation: (source) => source.length + 100,
  });

  const byHash = (hash: string): Resolved => {
    const source = trusted.find(hash) ?? (mode === 'any' ? persisted.get(hash) : undefined);
    if (source !== undefined) return { source };
    return mode === 'any'
      ? refuse(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
      : refuse(400, 'DOCUMENT_NOT_TRUSTED', 'No document of this hash is registered.');
  };
  return {
    resolve: (request) => {
      const { query, documentId } = request;
      const named = namedHash(request);
      if (named && 'fault' in named) return refuse(400, 'BAD_REQUEST', named.fault);
      if (documentId !== undefined && query !== undefined) {
        return refuse(400, 'BAD_REQUEST', 'Send `documentId` or `query`, not both.');
      }
      if (query === undefined) return named ? byHash(named.hash) : { source: undefined };
      if (mode === 'trusted') {
        if (trusted.find(hashOf(query)) !== undefined) return { source: query };
        const message = 'Only registered documents are taken here. Register it, and send its `documentId`.';
        return refuse(400, 'DOCUMENT_NOT_TRUSTED', message);
      }
      if (named && persisted.get(named.hash) !== query) {
        if (hashOf(query) !== named.hash)
          return refuse(400, 'BAD_REQUEST', 'The hash is not that of the query.');
        if (query.length <= longestDocument) persisted.set(named.hash, query);
      }
      return { source: query };
    },
  };
}
