import { withDeleted, type Transaction } from '@marquee/postgres';
import { purgeTicketType } from '../inventory/delete-ticket-type.ts';

/** Of these a row says what somebody bought, held, waited for or showed at a door: it stays, with what it names. */
const sold = [
  'hold',
  'ticket_order',
  'order_part',
  'order_line',
  'ticket',
  'waitlist_entry',
  'resale_listing',
  'scan',
]
  .map((table) => `exists (select from ${table} where occurrence_id = o.id)`)
  .concat('exists (select from ticket_exchange where o.id in (occurrence_id, from_occurrence_id))')
  .join(' or ');

/** What an occurrence has before anything of it is sold, in an order that keeps references. */
const ofOccurrences = [
  ...['quota_claim', 'seat_claim', 'quota_bucket', 'place_block', 'kept_seat', 'payment_plan'],
  ...['waiting_room_step', 'waiting_room', 'occurrence_reschedule', 'cancellation_failure'],
  'occurrence_cancellation',
].map((table) => `delete from ${table} where occurrence_id = any($1::uuid[])`);
const lists = [
  `delete from check_in_counter where list_id in (select id from check_in_list where occurrence_id = any($1::uuid[]))`,
  'delete from check_in_list where occurrence_id = any($1::uuid[])',
  'delete from occurrence where id = any($1::uuid[])',
];

const types = 'select id from ticket_type where event_id = $1';
/** What was set for an event that nothing was sold of: without it its types are named by nothing. */
const ofUnsold = [
  'delete from question where event_id = $1',
  'delete from credential_policy where event_id = $1',
  'delete from voucher v where event_id = $1 and not exists (select from voucher_use where voucher_id = v.id)',
  ...['guest_limit', 'payment_plan'].map(
    (table) => `delete from ${table} where ticket_type_id in (${types})`,
  ),
  `delete from fee_rule where event_id = $1 or ticket_type_id in (${types})`,
  `delete from tax_rate r where (event_id = $1 or ticket_type_id in (${types}))
      and not exists (select from fee_rule where tax_rate_id = r.id)`,
];

/** Quotas that no type draws on and of which nothing is counted any more. */
const unusedQuotas = `delete from quota q where event_id = $1 and not exists (
    select quota_id from ticket_type_quota t where t.quota_id = q.id
    union all select quota_id from quota_bucket b where b.quota_id = q.id
    union all select quota_id from quota_claim c where c.quota_id = q.id
    union all select quota_id from price_tier p where p.quota_id = q.id)`;

/**
 * An event that is gone for ever leaves nothing here but what was sold of it: the books, and the occurrences, ticket types
 * and quotas that they name. All else goes, so that nothing of it is counted, listed or swept any more. Done again it
 * finds nothing to do.
 */
export async function forgetEvent(tx: Transaction, eventId: string): Promise<void> {
  await tx.execute('select from occurrence where event_id = $1 order by id for update', [eventId]);
  const occurrences = await tx.rows<{ id: string; sold: boolean }>(
    `select id, ${sold} as sold from occurrence o where event_id = $1`,
    [eventId],
  );
  const unsold = occurrences.filter((each) => !each.sold).map(({ id }) => id);
  for (const statement of [...ofOccurrences, ...lists]) await tx.execute(statement, [unsold]);
  await withDeleted(tx, async () => {
    if (unsold.length === occurrences.length)
      for (const statement of ofUnsold) await tx.execute(statement, [eventId]);
    for (const { id } of await tx.rows<{ id: string }>(types, [eventId])) await purgeTicketType(tx, id);
  });
  await tx.execute(unusedQuotas, [eventId]);
}
