import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';

export type Mail = { readonly recipient: string; readonly subject: string; readonly body: string };

/** Puts a mail into the post within the transaction (system scope): it leaves if, and only if, this commits. */
export async function post(tx: Transaction, { recipient, subject, body }: Mail): Promise<void> {
  await tx.execute('insert into mail (id, recipient, subject, body) values ($1, $2, $3, $4)', [
    newUuid(),
    recipient,
    subject,
    body,
  ]);
}
