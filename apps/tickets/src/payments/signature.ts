import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretsOf } from '@marquee/kernel';

/** How old a signed webhook may be, and how far ahead of our clock. Stripe's own libraries allow the same. */
export const toleranceMs = 5 * 60_000;

/** `t=1792000000,v1=5257a8…`: HMAC-SHA256 over the time and the body, so that neither can be changed alone. */
export function signBody(body: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return [`t=${t}`, ...macsOf(t, body, secret).map((mac) => `v1=${mac}`)].join();
}

/** Whether someone with the secret signed exactly this body, not long ago. */
export function isSigned(body: string, header: unknown, secret: string, now: Date): boolean {
  if (typeof header !== 'string' || header.length > 1_000) return false;
  const parts = header.split(',').map((part) => part.split('=', 2) as [string, string?]);
  const t = Number(parts.find(([name]) => name === 't')?.[1]);
  if (!Number.isSafeInteger(t) || Math.abs(now.getTime() - t * 1000) > toleranceMs) return false;
  // Several while a secret is being exchanged: any one of them may fit.
  const given = parts.filter(([name]) => name === 'v1').map(([, value = '']) => Buffer.from(value));
  return macsOf(t, body, secret).some((mac) => {
    const expected = Buffer.from(mac);
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
}

function macsOf(t: number, body: string, secret: string): readonly string[] {
  return secretsOf(secret).map((each) => createHmac('sha256', each).update(`${t}.${body}`).digest('hex'));
}
