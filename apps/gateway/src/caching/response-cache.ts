import { createHash } from 'node:crypto';
import type { HttpAnswer, Viewer } from '@marquee/subgraph';
import type { Flags } from '@marquee/flags';
import type { Metrics } from '@marquee/telemetry';
import { LRUCache } from 'lru-cache';
import { compress, type Encoding } from '../http/encoding.ts';
import { audienceOf } from './audience.ts';
import type { CachePolicy } from './cache-hints.ts';
import type { Freshness } from './freshness.ts';

/** An answer that may be given again: its bytes as they were first sent, and compressed as they were asked for. */
export type KeptAnswer = {
  readonly etag: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body in this encoding, made once: at once from the second time on. */
  encoded(encoding: Encoding): Buffer | Promise<Buffer>;
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
  /** What may be given to this viewer now. Count it by `noteHit` where it is given. */
  find(viewer: Viewer, asked: Asked): KeptAnswer | null;
  noteHit(): void;
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
const hit = { result: 'hit' };

type WholeAnswer = HttpAnswer & { readonly body: string };

function keep(answer: WholeAnswer): KeptAnswer {
  const body = Buffer.from(answer.body);
  const encoded = new Map<Encoding, Buffer | Promise<Buffer>>();
  return {
    etag: `W/"${createHash('sha1').update(body).digest('base64url')}"`,
    contentType: answer.headers?.['content-type'] ?? 'application/json; charset=utf-8',
    body,
    encoded: (encoding) => {
      const known = encoded.get(encoding);
      if (known) return known;
      const making = compress(body, encoding);
      encoded.set(encoding, making);
      void making.then(
        (made) => encoded.set(encoding, made),
        () => encoded.delete(encoding),
      );
      return making;
    },
  };
}

/** An operation that is asked again and again by one audience is looked up by one string, whose hash is known. */
const lastKeys = new WeakMap<Asked, { readonly audience: string; readonly key: string }>();

function keyOf(viewer: Viewer, asked: Asked): string {
  const audience = audienceOf(viewer);
  const last = lastKeys.get(asked);
  if (last?.audience === audience) return last.key;
  const { accept, operationName, variables, source } = asked;
  const key = `${audience}\n${accept}\n${operationName}\n${variables}\n${source}`;
  lastKeys.set(asked, { audience, key });
  return key;
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
  const isOn = ({ organisationId }: Viewer) => flags?.isOn('response-cache', organisationId) ?? true;
  const findBy = (key: string, { organisationId, subject }: Viewer): KeptAnswer | null => {
    const known = entries.get(key);
    const isKept =
      known &&
      performance.now() < known.expiresAtMs &&
      freshness.isFresh(organisationId, known.askedAtMs, subject);
    return isKept ? known : null;
  };
  const noteHit = () => requests.add(1, hit);

  return {
    find: (viewer, asked) => (isOn(viewer) ? findBy(keyOf(viewer, asked), viewer) : null),
    noteHit,
    answer: async (viewer, asked, policy, work) => {
      if (!isOn(viewer)) return { passed: await work() };
      const key = keyOf(viewer, asked);
      const kept = findBy(key, viewer);
      if (kept) {
        noteHit();
        return { kept };
      }
      const shared = running.get(key);
      if (shared && freshness.isFresh(viewer.organisationId, shared.startedAtMs, viewer.subject)) {
        requests.add(1, { result: 'shared' });
        return { passed: await shared.answer };
      }
      requests.add(1, { result: 'miss' });
      return { passed: await execute(key, policy, work) };
    },
  };
}
