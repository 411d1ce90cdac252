import { systemScope, type Database } from '@marquee/postgres';

const windowMinutes = 15;
/** A person mistypes a few times; a network has many people behind it. */
const limits = { account: 10, address: 100, mail: 5 } as const;

export type Attempt = { readonly kind: keyof typeof limits; readonly of: string };

/**
 * Counts an attempt against each of these and says whether all are within their limits. Counted before anything is
 * judged and in the database: guesses that come at once, or to several instances, are all counted.
 */
export async function mayAttempt(database: Database, attempts: readonly Attempt[]): Promise<boolean> {
  const sorted = attempts.map(({ kind, of }) => ({ kind, subject: `${kind} ${of.toLowerCase()}` }));
  const rows = await database.transaction(systemScope, (tx) =>
    tx.rows<{ subject: string; count: number }>(
      `insert into attempt as known (subject, window_starts, count)
       select subject, date_bin(make_interval(mins => $2), now(), 'epoch'), 1
         from unnest($1::text[]) as subject order by subject
       on conflict (subject, window_starts) do update set count = known.count + 1
       returning subject, count`,
      [sorted.map(({ subject }) => subject), windowMinutes],
    ),
  );
  return rows.every(({ subject, count }) => count <= limits[subject.split(' ')[0] as keyof typeof limits]);
}

/** What a success proves: the guesses before it were its own. */
export async function forgetAttempts(database: Database, { kind, of }: Attempt): Promise<void> {
  await database.transaction(systemScope, (tx) =>
    tx.execute('delete from attempt where subject = $1', [`${kind} ${of.toLowerCase()}`]),
  );
}
