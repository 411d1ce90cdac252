import { createHash } from 'node:crypto';
import type { HttpAnswer, Viewer } from '@marquee/subgraph';
import type { Flags } from '@marquee/flags';
import type { Metrics } from '@marquee/telemetry';
import { LRUCache } from 'lru-cache';
import { compress, compressedFromBytes, type Encoding } from '../http/encoding.ts';
import { audienceOf } from './audience.ts';
import type { CachePolicy } from './cache-hints.ts';
import type { Freshness } from './freshness.ts';

/** An answer that may be given again: its bytes as they were first sent, and compressed as they were asked for. */
export type KeptAnswer = {
  readonly etag: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body in this encoding, made once. */
  encoded(encoding: Encoding): Promise<Buffer>;
};

/** What decides an answer, beside who asks. */
export type Asked = {
  readonly source: string;
  readonly operationName: string;
  /** As JSON. */
  readonly variables: string;
  readonly accept: string;
};

type Entry = KeptAnswer & { readonly askedAtMs: number; readonly expiresAtMs: number };

export type ResponseCache = {
  /**
   * The answer of an operation that may be shared, kept or else by `execute`, which identical requests at the same
   * time share. What is not a plain 200 without errors is not kept.
   */
  answer(
    viewer: Viewer,
    asked: Asked,
    policy: CachePolicy,
    execute: () => Promise<HttpAnswer>,
  ): Promise<{ readonly kept: KeptAnswer } | { readonly passed: HttpAnswer }>;
};

const maxEntryBytes = 1024 * 1024;

type WholeAnswer = HttpAnswer & { readonly body: string };

function keep(answer: WholeAnswer): KeptAnswer {
  const body = Buffer.from(answer.body);
  const encoded = new Map<Encoding, Promise<Buffer>>();
  return {
    etag: `W/"${createHash('sha1').update(body).digest('base64url')}"`,
    contentType: answer.headers?.['content-type'] ?? 'application/json; charset=utf-8',
    body,
    encoded: (encoding) => {
      const made =
        encoded.get(encoding) ??
        (body.byteLength < compressedFromBytes ? Promise.resolve(body) : compress(body, encoding));
      encoded.set(encoding, made);
      return made;
    },
  };
}

/** Errors may pass; what has any is not kept. A string value cannot look so: its quotes would be escaped. */
function isWhole(answer: HttpAnswer): answer is WholeAnswer {
  const { status, body } = answer;
  return status === 200 && typeof body === 'string' && !body.includes('"errors":[');
}

/** Answers for the whole process, bounded in bytes. Public ones only: a private answer is nobody else's. */
export function createResponseCache(options: {
  readonly freshness: Freshness;
  readonly maxBytes: number;
  /** Left out: it is on for everybody. */
  readonly flags?: Pick<Flags, 'isOn'> | undefined;
  readonly metrics: Metrics;
}): ResponseCache {
  const { freshness, maxBytes, flags, metrics } = options;
  const requests = metrics.counter('marquee_response_cache_requests_total', 'Cacheable requests, by result');
  for (const result of ['hit', 'shared', 'miss']) requests.add(0, { result });
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    maxEntrySize: maxEntryBytes,
    // Twice the body: the compressed forms and the key.
    sizeCalculation: ({ body }, key) => 2 * body.byteLength + 2 * key.length + 200,
  });
  metrics.observed('marquee_response_cache_bytes', 'Bytes of kept answers', () => [
    { value: entries.calculatedSize },
  ]);
  const running = new Map<string, { readonly startedAtMs: number; readonly answer: Promise<HttpAnswer> }>();

  const execute = async (
    key: string,
    policy: CachePolicy,
    work: () => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> => {
    const startedAtMs = performance.now();
    const answer = work();
    running.set(key, { startedAtMs, answer });
    try {
      const made = await answer;
      if (isWhole(made)) {
        const expiresAtMs = startedAtMs + policy.maxAgeSeconds * 1_000;
        entries.set(key, { ...keep(made), askedAtMs: startedAtMs, expiresAtMs });
      }
      return made;
    } finally {
      running.delete(key);
    }
  };
  return {
    answer: async (viewer, asked, policy, work) => {
      const { organisationId } = viewer;
      if (flags && !flags.isOn('response-cache', organisationId)) return { passed: await work() };
      const parts = [audienceOf(viewer), asked.accept, asked.operationName, asked.variables, asked.source];
      const key = parts.join('\n');
      const known = entries.get(key);
      const isKept =
        known &&
        performance.now() < known.expiresAtMs &&
        freshness.isFresh(organisationId, known.askedAtMs, viewer.subject);
      if (isKept) {
        requests.add(1, { result: 'hit' });
        return { kept: known };
      }
      const shared = running.get(key);
      if (shared && freshness.isFresh(organisationId, shared.startedAtMs, viewer.subject)) {
        requests.add(1, { result: 'shared' });
        return { passed: await shared.answer };
      }
      requests.add(1, { result: 'miss' });
      return { passed: await execute(key, policy, work) };
    },
  };
}
