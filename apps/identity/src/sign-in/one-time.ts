import { systemScope, type Transaction } from '@marquee/postgres';
import type { Database } from '@marquee/postgres';
import { digestOf, newToken } from '../secrets.ts';

/** Something to be remembered under a secret that is good once: a link by mail, a challenge. */
export async function remember(
  tx: Transaction,
  purpose: string,
  data: object,
  minutes: number,
): Promise<string> {
  const { token, digest } = newToken();
  await rememberAs(tx, digest, purpose, data, minutes);
  return token;
}

async function rememberAs(tx: Transaction, digest: Buffer, purpose: string, data: object, minutes: number) {
  await tx.execute(
    `insert into one_time_secret (digest, purpose, data, expires_at)
     values ($1, $2, $3, now() + make_interval(mins => $4))
     on conflict (digest) do update set data = excluded.data, expires_at = excluded.expires_at`,
    [digest, purpose, data, minutes],
  );
}

/** What was remembered, or null; of two who come with the same secret at once, one. */
export async function recall<T>(database: Database, purpose: string, token: string): Promise<T | null> {
  const [row] = await database.transaction(systemScope, (tx) =>
    tx.rows<{ data: T }>(
      'delete from one_time_secret where digest = $1 and purpose = $2 and expires_at > now() returning data',
      [digestOf(token), purpose],
    ),
  );
  return row?.data ?? null;
}

/** As `recall`, but it stays good. */
export async function peek<T>(database: Database, purpose: string, token: string): Promise<T | null> {
  const [row] = await database.read(systemScope, (tx) =>
    tx.rows<{ data: T }>(
      'select data from one_time_secret where digest = $1 and purpose = $2 and expires_at > now()',
      [digestOf(token), purpose],
    ),
  );
  return row?.data ?? null;
}
