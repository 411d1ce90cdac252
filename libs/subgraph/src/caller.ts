import { keyring } from '@marquee/kernel';

/** Where a request came from, as the gateway saw it: for services that have pages and limits of their own. */
export type Caller = {
  /** The network address of the client. */
  readonly address: string;
};

export const callerHeader = 'x-marquee-caller';
const lifeMs = 60_000;

const purpose = 'marquee-caller-v1.';

/** The value of the `x-marquee-caller` header, good for a minute: an address in a plain header could be anybody's word. */
export function signCaller(caller: Caller, secret: string, nowMs: number = Date.now()): string {
  const payload = Buffer.from(JSON.stringify({ ...caller, atMs: nowMs })).toString('base64url');
  return `${payload}.${keyring(secret).sign(purpose, payload)}`;
}

/** Who the gateway says is calling; null where it does not say so, or somebody else does. */
export function verifyCaller(
  header: string | readonly string[] | undefined,
  secret: string,
  nowMs: number = Date.now(),
): Caller | null {
  if (typeof header !== 'string') return null;
  const [payload = '', signature = ''] = header.split('.');
  if (!keyring(secret).verify(signature, purpose, payload)) return null;
  const { address, atMs } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Caller & {
    readonly atMs: number;
  };
  return Math.abs(nowMs - atMs) <= lifeMs ? { address } : null;
}
