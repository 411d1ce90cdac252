import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

/** RFC 5321: 4.5.3.1.1 (local part), 4.5.3.1.3 (a path is 256 octets with its angle brackets). */
const localLimit = 64;
const addressLimit = 254;
const domainLimit = 253;

const atext = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+";
/** RFC 5321 4.1.2: Dot-string or Quoted-string. */
const localPattern = new RegExp(
  `^(?:${atext}(?:\\.${atext})*|"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\x20-\\x7e])+")$`,
);
/** RFC 1035 labels of at most 63 letters, digits and inner hyphens; at least two, and the last is not a number. */
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainPattern = new RegExp(`^(?:${label}\\.)+(?=[a-z0-9-]*[a-z])${label}$`);

/** The domain in lower-case ASCII (an international one in its `xn--` form), or null where it is none. */
function parseDomain(domain: string): string | null {
  // What a URL parser would read as a port, a path, an escape or white space is not part of a host name.
  if (/[^\p{L}\p{M}\p{N}.\-\u3002\u200c\u200d]/u.test(domain)) return null;
  const url = URL.parse(`http://${domain}`);
  const ascii = url?.hostname ?? '';
  return ascii.length <= domainLimit && domainPattern.test(ascii) ? ascii : null;
}

/**
 * An address that mail can be sent to (RFC 5321, without address literals and single-label domains), trimmed, with its
 * domain in lower case and the local part as written. Anything longer than 254 octets is refused unread.
 */
export function parseEmail(field: string, value: string): Outcome<string, InvalidInput> {
  const refusal = invalid(field, 'must be an e-mail address, such as ada@example.com');
  if (value.length > 2 * addressLimit) return invalid(field, `must be at most ${addressLimit} characters`);
  const address = value.trim();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (local.length > localLimit || !localPattern.test(local)) return refusal;
  const domain = parseDomain(address.slice(at + 1));
  if (domain === null) return refusal;
  const parsed = `${local}@${domain}`;
  return parsed.length <= addressLimit
    ? accept(parsed)
    : invalid(field, `must be at most ${addressLimit} characters`);
}
