import type { Invariant } from '@marquee/postgres';
import { logOfPresent } from './log-of-present.ts';

/** What a thing is after each event that changes what it is; others of its stream change nothing of it. */
const statesAfter: Readonly<Record<string, readonly string[]>> = {
  // A hold that became an order has the order's event for it.
  'tickets.hold-placed.v1': ['ACTIVE', 'CONVERTED'],
  'tickets.hold-released.v1': ['RELEASED'],
  'tickets.hold-expired.v1': ['EXPIRED'],
  'tickets.order-placed.v1': ['DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT'],
  'tickets.order-paid.v1': ['PAID'],
  'tickets.order-expired.v1': ['EXPIRED'],
  'tickets.order-cancelled.v1': ['CANCELLED'],
  // Back to paid where the provider refused to give the money back.
  'tickets.order-refunded.v1': ['PARTIALLY_REFUNDED', 'REFUNDED', 'PAID'],
  'tickets.ticket-issued.v1': ['VALID'],
  'tickets.transfer-offered.v1': ['TRANSFER_PENDING'],
  'tickets.transfer-accepted.v1': ['VALID'],
  // An offer also ends with its ticket.
  'tickets.transfer-closed.v1': ['VALID', 'CANCELLED', 'REVOKED'],
  'tickets.ticket-exchanged.v1': ['VALID'],
  'tickets.ticket-cancelled.v1': ['CANCELLED', 'REVOKED'],
  'tickets.ticket-revoked.v1': ['REVOKED'],
  'tickets.ticket-restored.v1': ['VALID'],
};

const pairs = Object.entries(statesAfter).flatMap(([type, states]) =>
  states.map((state) => `('${type}', '${state}')`),
);

/** The state of the rows against the last event that says what it should be; either may be missing. */
const stateAgainstLog = (thing: string, table: string, category: string): string => `
  select format('${thing} %s', coalesce(s.stream, l.stream_id)) as subject
  from (select organisation_id, '${category}-' || id as stream, status from ${table}) as s
  full join (
    select distinct on (organisation_id, stream_id) organisation_id, stream_id, type from ${logOfPresent}
    where category = '${category}' and type in (select type from (values ${pairs.join(', ')}) as known(type, state))
    order by organisation_id, stream_id, version desc
  ) as l on l.organisation_id = s.organisation_id and l.stream_id = s.stream
  where (l.type, s.status) not in (values ${pairs.join(', ')}) or l.type is null or s.status is null`;

/** Each row against the event that it came with, by the id that the event gives; either may be missing. */
const rowsAgainstEvents = (table: string, types: readonly string[], key: string): string => `
  select format('${table} %s', coalesce(s.id::text, l.id)) as subject from ${table} s
  full join (
    select organisation_id, data ->> '${key}' as id from ${logOfPresent}
    where type in (${types.map((type) => `'tickets.${type}.v1'`).join(', ')})
  ) as l on l.organisation_id = s.organisation_id and l.id = s.id::text
  where s.id is null or l.id is null`;

const minor = (path: string) => `(data -> '${path}' ->> 'amountMinor')::numeric`;

/** [table, column, table that it refers to]: what another organisation's id could slip into. */
const references: readonly (readonly [string, string, string])[] = [
  ['hold', 'occurrence_id', 'occurrence'],
  ['ticket_order', 'hold_id', 'hold'],
  ['ticket_order', 'guest_id', 'guest'],
  ['ticket_order', 'occurrence_id', 'occurrence'],
  ['order_line', 'order_id', 'ticket_order'],
  ['order_line', 'ticket_type_id', 'ticket_type'],
  ['order_line', 'occurrence_id', 'occurrence'],
  ['order_part', 'order_id', 'ticket_order'],
  ['order_part', 'hold_id', 'hold'],
  ['order_part', 'occurrence_id', 'occurrence'],
  ['order_fee', 'order_id', 'ticket_order'],
  ['sale_terms', 'ticket_type_id', 'ticket_type'],
  ['voucher_use', 'order_id', 'ticket_order'],
  ['voucher_use', 'voucher_id', 'voucher'],
  ['order_answer', 'order_id', 'ticket_order'],
  ['payment', 'order_id', 'ticket_order'],
  ['order_instalment', 'order_id', 'ticket_order'],
  ['payment_plan', 'ticket_type_id', 'ticket_type'],
  ['payment_plan', 'occurrence_id', 'occurrence'],
  ['refund', 'order_id', 'ticket_order'],
  ['ticket', 'order_id', 'ticket_order'],
  ['check_in_list', 'occurrence_id', 'occurrence'],
  ['admission', 'ticket_id', 'ticket'],
  ['scan', 'ticket_id', 'ticket'],
  ['scan', 'list_id', 'check_in_list'],
  ['check_in_counter', 'ticket_type_id', 'ticket_type'],
  ['ticket', 'ticket_type_id', 'ticket_type'],
  ['ticket', 'guest_id', 'guest'],
  ['ticket', 'occurrence_id', 'occurrence'],
  ['transfer', 'ticket_id', 'ticket'],
  ['ticket_exchange', 'ticket_id', 'ticket'],
  ['ticket_exchange', 'occurrence_id', 'occurrence'],
  ['exchange_order', 'order_id', 'ticket_order'],
  ['exchange_order', 'ticket_id', 'ticket'],
  ['waitlist_entry', 'ticket_type_id', 'ticket_type'],
  ['waitlist_entry', 'guest_id', 'guest'],
  ['waitlist_offer', 'entry_id', 'waitlist_entry'],
  ['waitlist_offer', 'hold_id', 'hold'],
  ['resale_listing', 'ticket_id', 'ticket'],
  ['resale_reservation', 'hold_id', 'hold'],
  ['resale_reservation', 'listing_id', 'resale_listing'],
  ['quota_bucket', 'quota_id', 'quota'],
  ['quota_claim', 'quota_id', 'quota'],
];

/** The rows against the log, the tenants against each other, the totals against what is left of a guest. */
export const stateInvariants: readonly Invariant[] = [
  ...(
    [
      ['hold', 'hold', 'hold'],
      ['order', 'ticket_order', 'order'],
      ['ticket', 'ticket', 'ticket'],
    ] as const
  ).map(([thing, table, category]) => ({
    number: 13,
    states: `every ${thing} is what the last of its events made of it, and none is missing`,
    over: table,
    sql: stateAgainstLog(thing, table, category),
  })),
  ...(
    [
      ['scan', ['ticket-scanned', 'scan-conflicted', 'scan-reversed'], 'scanId'],
      ['payment', ['payment-started'], 'paymentId'],
      ['refund', ['order-refunded', 'payment-returned'], 'refundId'],
      ['transfer', ['transfer-offered'], 'transferId'],
      ['ticket_exchange', ['ticket-exchanged'], 'exchangeId'],
      ['waitlist_entry', ['waitlist-joined'], 'entryId'],
      ['waitlist_offer', ['waitlist-offered'], 'offerId'],
      ['resale_listing', ['resale-listed'], 'listingId'],
    ] as const
  ).map(([table, types, key]) => ({
    number: 13,
    states: `every row of ${table} has its one event, and every such event its row`,
    over: table,
    sql: rowsAgainstEvents(table, types, key),
  })),
  ...[...Map.groupBy(references, ([table]) => table)].map(([table, columns]) => ({
    number: 14,
    states: `no row of ${table} refers to another organisation's`,
    over: table,
    sql: columns
      .map(
        ([, column, to]) => `
          select format('${column} %s of organisation %s', r.${column}, r.organisation_id) as subject from ${table} r
          where r.${column} is not null and not exists (
            select from ${to} t where t.organisation_id = r.organisation_id and t.id = r.${column})`,
      )
      .join(' union all '),
  })),
  {
    number: 15,
    states: 'the totals of the orders are those of the log, whoever of the guests was erased',
    over: 'ticket_order',
    sql: `select format('organisation %s in %s', organisation_id, currency) as subject from (
            select organisation_id, currency, (paid_minor - refunded_minor)::numeric as amount
            from ticket_order where paid_at is not null
            union all
            select organisation_id, data -> 'total' ->> 'currency', - ${minor('total')}
            from ${logOfPresent} where type = 'tickets.order-paid.v1'
            union all
            select organisation_id, data -> 'amount' ->> 'currency', ${minor('amount')}
            from ${logOfPresent} where type = 'tickets.order-refunded.v1'
            union all
            select organisation_id, data -> 'revenueRestored' ->> 'currency', - ${minor('revenueRestored')}
            from ${logOfPresent} where type = 'tickets.refund-failed.v1') as booked
          group by organisation_id, currency having sum(amount) <> 0`,
  },
];
