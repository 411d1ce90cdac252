import { timingSafeEqual } from 'node:crypto';
import type { Services } from './command.ts';

/** A link to `path` that says `facts` and is good by itself until then: nothing is kept of it. */
export function linkTo(
  { secrets, publicUrl }: Pick<Services, 'secrets' | 'publicUrl'>,
  path: string,
  facts: Readonly<Record<string, unknown>>,
  expiresAt: Date,
): string {
  const payload = Buffer.from(JSON.stringify({ ...facts, expiresAt: expiresAt.getTime() })).toString(
    'base64url',
  );
  const signature = secrets.sign(`link ${path} ${payload}`).toString('base64url');
  return `${publicUrl}${path}?link=${payload}.${signature}`;
}

/** What a link to this path says; null where it is none of ours, or too old. */
export function readLink<T>(
  { secrets, clock }: Pick<Services, 'secrets' | 'clock'>,
  path: string,
  search: string,
): T | null {
  const [payload = '', signature = ''] = (new URLSearchParams(search).get('link') ?? '').split('.');
  const expected = secrets.sign(`link ${path} ${payload}`);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const facts = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as T & { expiresAt: number };
  return facts.expiresAt > clock.now().getTime() ? facts : null;
}
