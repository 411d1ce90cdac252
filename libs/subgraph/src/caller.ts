import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a request came from, as the gateway saw it: for services that have pages and limits of their own. */
export type Caller = {
  /** The network address of the client. */
  readonly address: string;
};

export const callerHeader = 'x-marquee-caller';
const lifeMs = 60_000;

function signatureOf(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`marquee-caller-v1.${payload}`).digest();
}

/** The value of the `x-marquee-caller` header, good for a minute: an address in a plain header could be anybody's word. */
export function signCaller(caller: Caller, secret: string, nowMs: number = Date.now()): string {
  const payload = Buffer.from(JSON.stringify({ ...caller, atMs: nowMs })).toString('base64url');
  return `${payload}.${signatureOf(payload, secret).toString('base64url')}`;
}

/** Who the gateway says is calling; null where it does not say so, or somebody else does. */
export function verifyCaller(
  header: string | readonly string[] | undefined,
  secret: string,
  nowMs: number = Date.now(),
): Caller | null {
  if (typeof header !== 'string') return null;
  const [payload = '', signature = ''] = header.split('.');
  const [expected, given] = [signatureOf(payload, secret), Buffer.from(signature, 'base64url')];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { address, atMs } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Caller & {
    readonly atMs: number;
  };
  return Math.abs(nowMs - atMs) <= lifeMs ? { address } : null;
}
