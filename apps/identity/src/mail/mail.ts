import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';

export type Mail = { readonly recipient: string; readonly subject: string; readonly body: string };

/**
 * Puts a mail into the post within the transaction (system scope): it leaves if, and only if, this commits. One of
 * many (`inBulk`) lets those pass that somebody waits for. Answers its id.
 */
export async function post(
  tx: Transaction,
  { recipient, subject, body }: Mail,
  { inBulk = false }: { readonly inBulk?: boolean } = {},
): Promise<string> {
  const id = newUuid();
  await tx.execute('insert into mail (id, recipient, subject, body, in_bulk) values ($1, $2, $3, $4, $5)', [
    id,
    recipient,
    subject,
    body,
    inBulk,
  ]);
  return id;
}
