import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import type { Mail } from './mail.ts';

/** Takes a mail to where it is going; throws where that fails, and is asked again later. */
export type Carrier = (mail: Waiting) => Promise<void>;

/** Leaves each mail as a file: what development and tests read instead of an inbox. */
export function fileCarrier(directory: string): Carrier {
  return async ({ id, recipient, subject, body, createdAt }) => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const text = `Date: ${createdAt.toUTCString()}\nTo: ${recipient}\nSubject: ${subject}\n\n${body}`;
    const file = join(directory, `${createdAt.toISOString().replaceAll(':', '')}-${id}.txt`);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
}

const batch = 20;
const mostAttempts = 20;
/** Longer than a batch takes where a server answers slowly: what a process that died had in hand goes out after it. */
const leaseMinutes = 15;

type Waiting = Mail & { readonly id: string; readonly createdAt: Date };

/**
 * Carries what waits, each mail leased while it is on its way: several instances send none twice. No transaction is open
 * meanwhile, for an SMTP server may take its time. Answers how many were tried.
 */
export async function deliverMail(database: Database, carry: Carrier): Promise<number> {
  const mails = await database.transaction(systemScope, (tx) =>
    tx.rows<Waiting>(
      `update mail set next_attempt_at = now() + make_interval(mins => $3)
        where id in (select id from mail where sent_at is null and next_attempt_at <= now() and attempts < $1
          order by in_bulk, next_attempt_at limit $2 for update skip locked)
        returning id, recipient, subject, body, created_at as "createdAt"`,
      [mostAttempts, batch, leaseMinutes],
    ),
  );
  for (const mail of mails) {
    const sent = await carry(mail).then(
      () => true,
      () => false,
    );
    await database.transaction(systemScope, (tx) => noteAttempt(tx, mail.id, sent));
  }
  return mails.length;
}

async function noteAttempt(tx: Transaction, id: string, sent: boolean): Promise<void> {
  await tx.execute(
    sent
      ? `update mail set sent_at = now(), recipient = '', body = '', attempts = attempts + 1 where id = $1`
      : `update mail set attempts = attempts + 1, next_attempt_at = now() + least(interval '1 hour',
           interval '10 s' * power(2, attempts)) where id = $1`,
    [id],
  );
}
