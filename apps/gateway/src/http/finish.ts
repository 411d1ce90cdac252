import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import type { KeptAnswer } from '../caching/response-cache.ts';
import { compress, compressedFromBytes, encodingFor } from './encoding.ts';

/** Asked again each time, and told in a few bytes that nothing changed: what is kept may change at any event. */
const cacheControl = 'private, no-cache';
const vary = 'origin, accept, accept-encoding, authorization';

function matches(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((one) => one.trim() === etag);
}

const notModified = (etag: string): HttpAnswer => ({
  status: 304,
  headers: { etag, vary, 'cache-control': cacheControl },
});

/** An answer as it is sent: compressed for who takes it, and with an ETag (RFC 9110) where it answers a GET. */
export async function finish(exchange: HttpExchange, answer: HttpAnswer): Promise<HttpAnswer> {
  const { method, headers } = exchange;
  const { body } = answer;
  if (!body || !(typeof body === 'string' || body instanceof Uint8Array)) return answer;
  const extra: Record<string, string> = { ...answer.headers, vary };
  if (method === 'GET' && answer.status === 200) {
    const etag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
    if (matches(headers['if-none-match'], etag)) return notModified(etag);
    Object.assign(extra, { etag, 'cache-control': cacheControl });
  }
  const encoding = body.length < compressedFromBytes ? null : encodingFor(headers['accept-encoding']);
  if (!encoding) return { ...answer, headers: extra };
  return {
    ...answer,
    headers: { ...extra, 'content-encoding': encoding },
    body: await compress(Buffer.from(body), encoding),
  };
}

/**
 * The same for an answer that is kept, whose bytes are made already; a promise where they are to be compressed the first
 * time.
 */
export function finishKept(
  { method, headers }: HttpExchange,
  kept: KeptAnswer,
): HttpAnswer | Promise<HttpAnswer> {
  const { etag, contentType, body } = kept;
  if (method === 'GET' && matches(headers['if-none-match'], etag)) return notModified(etag);
  const sent = { 'content-type': contentType, 'x-cache': 'hit', vary };
  const all = method === 'GET' ? { ...sent, etag, 'cache-control': cacheControl } : sent;
  const encoding = body.byteLength < compressedFromBytes ? null : encodingFor(headers['accept-encoding']);
  if (!encoding) return { status: 200, headers: all, body };
  const answer = (encoded: Buffer): HttpAnswer => ({
    status: 200,
    headers: { ...all, 'content-encoding': encoding },
    body: encoded,
  });
  const encoded = kept.encoded(encoding);
  return Buffer.isBuffer(encoded) ? answer(encoded) : encoded.then(answer);
}
