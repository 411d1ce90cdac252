import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { isApiKey } from '@marquee/subgraph';
import type { VerifiedKey } from './identity-client.ts';
import type { VerifiedToken } from './verify-tokens.ts';

/** A key that was revoked must stop within a second; between two questions there is less. */
const rememberedMs = 700;
const rememberedKeys = 5_000;

const refused = { ok: false, message: 'The API key is not known, was revoked, or has expired.' } as const;
const elsewhere = { ok: false, message: 'The API key may not be used from this address.' } as const;
const unavailable = {
  ok: false,
  unavailable: true,
  message: 'Keys cannot be verified at the moment. Try again.',
} as const;

function isWithin(networks: readonly string[], given: string | undefined): boolean {
  const address = given?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const kind = isIP(base) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(base, kind);
    else list.addSubnet(base, Number(bits), kind);
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

type Known = { readonly untilMs: number; readonly verified: Promise<VerifiedKey | null> };

/** Verifies API keys. What cannot be a key is refused here; who sends one often is asked about once in a while. */
export function createKeyVerifier(
  ask: (key: string) => Promise<VerifiedKey | null>,
  now: () => number,
): (key: string, address: string | undefined) => Promise<VerifiedToken> {
  const known = new Map<string, Known>();
  const verify = (key: string): Promise<VerifiedKey | null> => {
    // Not the key itself: a dump of this process's memory should not be a list of keys.
    const digest = createHash('sha256').update(key).digest('base64');
    const remembered = known.get(digest);
    if (remembered && remembered.untilMs > now()) return remembered.verified;
    known.delete(digest);
    if (known.size >= rememberedKeys) known.delete(known.keys().next().value!);
    // Counted from when it is asked, not from the answer, which may be older than it looks.
    const verified = ask(key);
    known.set(digest, { untilMs: now() + rememberedMs, verified });
    verified.catch(() => known.delete(digest));
    return verified;
  };
  return async (key, address) => {
    if (!isApiKey(key)) return refused;
    let verified: VerifiedKey | null;
    try {
      verified = await verify(key);
    } catch {
      return unavailable;
    }
    if (!verified) return refused;
    return verified.networks === null || isWithin(verified.networks, address)
      ? { ok: true, viewer: verified.viewer }
      : elsewhere;
  };
}
