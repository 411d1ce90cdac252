import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemScope, type Database } from '@marquee/postgres';
import type { Mail } from './mail.ts';

/** Takes a mail to where it is going; throws where that fails, and is asked again later. */
export type Carrier = (mail: Mail & { readonly id: string; readonly createdAt: Date }) => Promise<void>;

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

/** Carries what waits, each mail locked while it is on its way: several instances send none twice. Answers how many. */
export async function deliverMail(database: Database, carry: Carrier): Promise<number> {
  return database.transaction(systemScope, async (tx) => {
    const mails = await tx.rows<Mail & { id: string; createdAt: Date }>(
      `select id, recipient, subject, body, created_at as "createdAt" from mail
        where sent_at is null and next_attempt_at <= now() and attempts < $1
        order by next_attempt_at limit $2 for update skip locked`,
      [mostAttempts, batch],
    );
    for (const mail of mails) {
      const sent = await carry(mail).then(
        () => true,
        () => false,
      );
      await tx.execute(
        sent
          ? `update mail set sent_at = now(), body = '', attempts = attempts + 1 where id = $1`
          : `update mail set attempts = attempts + 1, next_attempt_at = now() + least(interval '1 hour',
               interval '10 s' * power(2, attempts)) where id = $1`,
        [mail.id],
      );
    }
    return mails.length;
  });
}
