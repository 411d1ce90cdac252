import type { EventType, MarqueeEvent } from './generated/events.ts';

/** Why a message is not one of Marquee's, or not one of now. Answer such a request with 400. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
  readonly code: 'MISSING_HEADER' | 'BAD_TIMESTAMP' | 'TOO_OLD' | 'TOO_NEW' | 'BAD_SIGNATURE' | 'BAD_BODY';

  constructor(code: WebhookVerificationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** As `Request.headers` has them, or as Node's `request.headers` does. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

export type VerifyOptions = {
  /** How far the sender's clock and yours may be apart; default 300. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970, for tests; default now. */
  readonly nowMs?: number;
};

const utf8 = new TextEncoder();

/**
 * The event in a request, once it is proven to be Marquee's own, unchanged and of now. `keys` is the endpoint's secret
 * (`whsec_…`) or its public key (`whpk_…`), or several of them while a secret is rotated. `body` is the body exactly as it
 * came, not parsed and written anew. Throws WebhookVerificationError. By Standard Webhooks, with WebCrypto alone: in Node,
 * browsers, Deno, Bun and workers at the edge alike.
 */
export async function verifyWebhook<Type extends EventType = EventType>(
  keys: string | readonly string[],
  headers: WebhookHeaders,
  body: string | Uint8Array | ArrayBuffer,
  { toleranceSeconds = 300, nowMs = Date.now() }: VerifyOptions = {},
): Promise<MarqueeEvent<Type>> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  judgeTime(timestamp, toleranceSeconds, nowMs);
  const bytes = bytesOf(body);
  const content = concat(utf8.encode(`${id}.${timestamp}.`), bytes);
  for (const key of typeof keys === 'string' ? [keys] : keys)
    if (await matches(key, signatures, content)) return parse<Type>(bytes);
  throw new WebhookVerificationError('BAD_SIGNATURE', 'No signature is by any of these keys.');
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value =
    typeof headers.get === 'function' ? headers.get(name) : (headers as Record<string, unknown>)[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookVerificationError('MISSING_HEADER', `The header ${name} is missing.`);
}

/** Digits alone: what reads a number off the front of something longer would let others write the rest. */
function judgeTime(timestamp: string, toleranceSeconds: number, nowMs: number): void {
  if (!/^[0-9]{1,12}$/.test(timestamp))
    throw new WebhookVerificationError('BAD_TIMESTAMP', 'The timestamp is not a number of seconds.');
  const ageSeconds = nowMs / 1000 - Number(timestamp);
  if (ageSeconds > toleranceSeconds)
    throw new WebhookVerificationError('TOO_OLD', `The message is ${Math.round(ageSeconds)} seconds old.`);
  if (ageSeconds < -toleranceSeconds)
    throw new WebhookVerificationError('TOO_NEW', 'The message is from the future: compare the clocks.');
}

async function matches(
  key: string,
  signatures: readonly string[],
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const isPublic = key.startsWith('whpk_');
  if (!isPublic && !key.startsWith('whsec_'))
    throw new TypeError('A key begins with whsec_ (the secret) or whpk_ (the public key).');
  const algorithm = isPublic ? { name: 'Ed25519' } : { name: 'HMAC', hash: 'SHA-256' };
  const raw = fromBase64(key.slice(key.indexOf('_') + 1));
  if (!raw) throw new TypeError('The key is cut off or has a character too many.');
  const imported = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify']);
  for (const signature of signatures) {
    const [version, text = ''] = signature.split(',');
    const given = version === (isPublic ? 'v1a' : 'v1') ? fromBase64(text) : null;
    // WebCrypto compares in constant time.
    if (given && (await crypto.subtle.verify(algorithm.name, imported, given, content))) return true;
  }
  return false;
}

function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return utf8.encode(body);
  if (ArrayBuffer.isView(body))
    return new Uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]')
    return new Uint8Array(body as ArrayBuffer);
  throw new TypeError('Give the raw body, before any JSON parser: what a parser read cannot be verified.');
}

function parse<Type extends EventType>(bytes: Uint8Array<ArrayBuffer>): MarqueeEvent<Type> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as MarqueeEvent<Type>;
  } catch {
    throw new WebhookVerificationError('BAD_BODY', 'The body is signed, and not JSON.');
  }
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
