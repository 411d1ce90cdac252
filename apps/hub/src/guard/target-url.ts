import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import type { AddressRule } from './addresses.ts';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveByDns: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

const dnsTimeoutMs = 2_000;
const forbidden = 'must lead to a public address over https';

/**
 * A URL that webhooks may be sent to, as WHATWG writes it: `https://0x7f.1` has become `https://127.0.0.1` by then. A
 * name that cannot be resolved now passes, since each connection is judged anew; one that leads elsewhere does not.
 */
export async function readTargetUrl(
  field: string,
  text: string,
  rule: AddressRule,
  resolve: Resolve = resolveByDns,
): Promise<Outcome<string, InvalidInput>> {
  if (text.length > 2_000) return invalid(field, 'must have at most 2,000 characters');
  if (!URL.canParse(text)) return invalid(field, 'is not a URL such as https://example.com/hooks');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return invalid(field, 'must begin with https://');
  if (url.username || url.password) return invalid(field, 'must hold no user name or password');
  if (url.hash) return invalid(field, 'must have no fragment');
  const addresses = await addressesOf(url, resolve);
  if (addresses.some((address) => !rule.permits(address, url.protocol))) return invalid(field, forbidden);
  // Where nothing is known of a name, plain HTTP has no network of the operator's to lead to.
  if (addresses.length === 0 && url.protocol === 'http:') return invalid(field, forbidden);
  return url.href.length > 2_000 ? invalid(field, 'must have at most 2,000 characters') : accept(url.href);
}

/** The address that a host is written as, without the brackets of IPv6; null for a name. */
export function literalOf(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) ? bare : null;
}

async function addressesOf(url: URL, resolve: Resolve): Promise<readonly string[]> {
  const literal = literalOf(url.hostname);
  if (literal !== null) return [literal];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((done) => {
    timer = setTimeout(() => done([]), dnsTimeoutMs);
  });
  return Promise.race([resolve(url.hostname).catch(() => []), late]).finally(() => clearTimeout(timer));
}
