import type { HttpAnswer, HttpExchange, Shortcut } from '@marquee/subgraph';
import { LRUCache } from 'lru-cache';
import { clientAddress } from '../access/client-address.ts';
import type { TokenVerifier } from '../access/verify-tokens.ts';
import type { Asked, ResponseCache } from '../caching/response-cache.ts';
import type { DocumentFacts, OperationFacts } from '../documents/document-facts.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import { toAnswer, withCosts, type Gatekeeper } from '../limits/gatekeeper.ts';
import type { FieldUsage } from '../usage/field-usage.ts';
import { finishKept } from './finish.ts';
import { isJson, type GraphqlRequest } from './graphql-request.ts';
import { bearerOf, passesPreflight } from './sign-in.ts';

/** A request that was answered from what is kept, as it was understood then. */
export type Page = {
  readonly request: GraphqlRequest;
  readonly facts: OperationFacts;
  readonly asked: Asked;
  /** What it may cost by its estimate. */
  readonly estimate: number;
};

export type KeptPages = {
  /** Takes note of a request that will come again; `text` is its body where it had one. */
  learn(exchange: HttpExchange, text: string | undefined, page: Page): void;
  /** Answers such a request from what is kept, in one go. */
  readonly shortcut: Shortcut;
};

export type KeptPagesOptions = {
  readonly path: string;
  readonly tokens: Pick<TokenVerifier, 'recall'>;
  readonly documents: DocumentStore;
  readonly facts: () => DocumentFacts;
  readonly cache: ResponseCache;
  readonly gatekeeper: Gatekeeper;
  readonly usage: Pick<FieldUsage, 'saw'> | undefined;
  /** How many proxies stand before this gateway. */
  readonly trustedProxies: number;
};

/** Few, sent by many, and public: nobody's variables stay in memory. */
const rememberedBytes = 4 * 1024 * 1024;
const longestRequest = 16 * 1024;

/** All of a request that decides how it is understood, beside who sends it. */
function keyOf({ method, headers: { accept = '' }, search }: HttpExchange, bytes: string): string {
  return `${method} ${accept}\n${method === 'GET' ? search : bytes}`;
}

/**
 * The short way of pages that many ask for (a hit takes half the CPU of the way through the route): found by the bytes of
 * the request, so that nothing is parsed, and answered without a wait, a span or a context of its own. Who asks is known
 * by a token that was verified before, and pays, is limited and counted as ever. What this cannot answer at once (an
 * API key, which is asked about each time; bytes to be compressed first) takes the route.
 */
export function createKeptPages(options: KeptPagesOptions): KeptPages {
  const { path, tokens, documents, facts, cache, gatekeeper, usage, trustedProxies } = options;
  const pages = new LRUCache<string, Page>({
    maxSize: rememberedBytes,
    maxEntrySize: 2 * longestRequest,
    sizeCalculation: (_, key) => 2 * key.length + 400,
  });
  /** Its document may have been taken back since, or mean something else by a new supergraph. */
  const isUnderstood = ({ request, facts: known, asked: { source } }: Page): boolean => {
    const resolved = documents.resolve(request);
    return (
      'source' in resolved &&
      resolved.source === source &&
      facts().of(source, request.operationName) === known
    );
  };
  const answer = (exchange: HttpExchange, bytes: string, token: string): HttpAnswer | null => {
    const viewer = tokens.recall(token);
    const page = viewer && pages.get(keyOf(exchange, bytes));
    if (!page || !isUnderstood(page)) return null;
    const kept = cache.find(viewer, page.asked);
    const made = kept && finishKept(exchange, kept);
    if (!made || !('status' in made)) return null;
    const address = clientAddress(exchange, trustedProxies);
    const refused = gatekeeper.arrive(address);
    if (refused) return toAnswer(refused, exchange.correlationId);
    const admitted = gatekeeper.admitKept({ viewer, address }, page.facts, page.estimate);
    if ('refused' in admitted) return toAnswer(admitted.refused, exchange.correlationId);
    cache.noteHit();
    usage?.saw(exchange.headers, page.asked.source, page.facts);
    return withCosts(made, admitted, 1);
  };

  return {
    learn: (exchange, text = '', page) => {
      const key = keyOf(exchange, Buffer.from(text).toString('latin1'));
      if (!pages.has(key)) pages.set(key, page);
    },
    shortcut: (exchange) => {
      const { method, headers } = exchange;
      const isFit =
        exchange.path === path &&
        (method === 'POST' ? isJson(exchange) : method === 'GET' && passesPreflight(exchange));
      const token = isFit && headers.authorization ? bearerOf(headers.authorization) : null;
      if (!token || !tokens.recall(token)) return null;
      return (bytes) => answer(exchange, bytes, token);
    },
  };
}
