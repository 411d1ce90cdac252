import type { FieldEncryption } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import { noteErasure } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { countKept, soldTo } from './kept-of-guest.ts';

/**
 * Removes what tickets knows of a person: name and address of the replica, and the address on offers of tickets that were
 * made to it or to an earlier one, in rows and (by the offers' keys) in events; what it answered to questions, and what plugins said of it. Orders,
 * payments and tickets stay, with the guest's id: what was sold was sold. What went and what stays is noted for the
 * certificate, with the sums of before and after. Done again it changes nothing.
 */
export async function forgetGuest(
  tx: Transaction,
  encryption: FieldEncryption,
  guestId: string,
): Promise<void> {
  const [known] = await tx.rows<{ email: string }>('select email from guest where id = $1 for update', [
    guestId,
  ]);
  const before = await soldTo(tx, guestId);
  const nobody = erasedEmail(guestId);
  await tx.execute(
    `insert into guest (organisation_id, id, email, name) values ($1, $2, $3, 'Erased guest')
     on conflict (organisation_id, id) do update set email = excluded.email, name = excluded.name`,
    [tx.organisationId, guestId, nobody],
  );
  const isKnown = known !== undefined && known.email !== nobody;
  const erased = isKnown
    ? await forgetTraces(tx, encryption, guestId, known.email)
    : { answers: 0, offers: 0, additions: 0 };
  const after = await soldTo(tx, guestId);
  assert(JSON.stringify(after) === JSON.stringify(before), 'an erasure changed what was sold');
  await noteErasure(tx, guestId, {
    erased: [
      { what: 'name and address of the buyer', count: isKnown ? 1 : 0 },
      { what: 'answers to questions', count: erased.answers },
      { what: 'addresses that tickets were offered to', count: erased.offers },
      { what: 'what plugins added to tickets', count: erased.additions },
    ],
    kept: await countKept(tx, guestId),
    ledger: { before: [...before], after: [...after] },
  });
}

async function forgetTraces(
  tx: Transaction,
  encryption: FieldEncryption,
  guestId: string,
  email: string,
): Promise<{ readonly answers: number; readonly offers: number; readonly additions: number }> {
  const answers = await tx.execute(
    'delete from order_answer a using ticket_order o where o.id = a.order_id and o.guest_id = $1',
    [guestId],
  );
  const offers = await tx.rows<{ id: string }>(
    `update transfer set to_email = $2 where to_email <> $2
       and (lower(to_email) = lower($1) or to_guest_id = $3 or addressed_guest_id = $3)
     returning id`,
    [email, erasedEmail(guestId), guestId],
  );
  for (const { id } of offers) await encryption.eraseSubject(tx, { subject: id });
  // First those that are being asked about, with the name: what is answered to that is dropped, or is there to be deleted.
  await tx.execute('update ticket_to_extend set stamp = uuidv7(), due_at = now() where guest_id = $1', [
    guestId,
  ]);
  const additions = await tx.execute('delete from ticket_addition where guest_id = $1', [guestId]);
  return { answers, offers: offers.length, additions };
}

/** Of a domain that can never exist (RFC 6761), and as guests has it. */
export function erasedEmail(guestId: string): string {
  return `${guestId}@erased.invalid`;
}
