import type { FieldEncryption } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';

/**
 * Removes what tickets knows of a person: name and address of the replica, and the address on offers of tickets that were
 * made to it or to an earlier one, in rows and (by the offers' keys) in events; what it answered to questions. Orders,
 * payments and tickets stay, with the guest's id: what was sold was sold. Done again it changes nothing.
 */
export async function forgetGuest(
  tx: Transaction,
  encryption: FieldEncryption,
  guestId: string,
): Promise<void> {
  const [known] = await tx.rows<{ email: string }>('select email from guest where id = $1 for update', [
    guestId,
  ]);
  const nobody = erasedEmail(guestId);
  await tx.execute(
    `insert into guest (organisation_id, id, email, name) values ($1, $2, $3, 'Erased guest')
     on conflict (organisation_id, id) do update set email = excluded.email, name = excluded.name`,
    [tx.organisationId, guestId, nobody],
  );
  if (!known || known.email === nobody) return;
  await tx.execute(
    'delete from order_answer a using ticket_order o where o.id = a.order_id and o.guest_id = $1',
    [guestId],
  );
  const offers = await tx.rows<{ id: string }>(
    `update transfer set to_email = $2 where to_email <> $2
       and (lower(to_email) = lower($1) or to_guest_id = $3 or addressed_guest_id = $3)
     returning id`,
    [known.email, nobody, guestId],
  );
  for (const { id } of offers) await encryption.eraseSubject(tx, { subject: id });
}

/** Of a domain that can never exist (RFC 6761), and as guests has it. */
export function erasedEmail(guestId: string): string {
  return `${guestId}@erased.invalid`;
}
