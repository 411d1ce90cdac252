import { judgeInvariants, type Invariant, type Transaction } from '@marquee/postgres';
import { checkInInvariants } from './check-in-invariants.ts';
import { moneyInvariants } from './money-invariants.ts';
import { stateInvariants } from './state-invariants.ts';

const claimSums = `
  select b.organisation_id, b.occurrence_id, b.quota_id, b.size, b.held, b.sold,
         coalesce(sum(c.quantity) filter (where c.expires_at is not null), 0) as claimed_held,
         coalesce(sum(c.quantity) filter (where c.expires_at is null), 0) as claimed_sold
  from quota_bucket b
  left join quota_claim c using (organisation_id, occurrence_id, quota_id)
  group by b.organisation_id, b.occurrence_id, b.quota_id, b.size, b.held, b.sold`;

/**
 * What this service never breaks. The numbers are those of the domain's list: 12 is for venues to keep, and what every
 * database has (13, 14) is checked beside these.
 */
export const invariants: readonly Invariant[] = [
  {
    number: 1,
    states: 'sold and held never exceed the size of a quota, counted by buckets and by claims alike',
    over: 'quota_bucket',
    sql: `select format('quota %s of occurrence %s', quota_id, occurrence_id) as subject from (${claimSums}) as sums
          where held + sold > size or claimed_held + claimed_sold > size`,
  },
  {
    number: 1,
    states: 'the counters of a bucket are the sums of its claims',
    over: 'quota_bucket',
    sql: `select format('quota %s of occurrence %s', quota_id, occurrence_id) as subject from (${claimSums}) as sums
          where held <> claimed_held or sold <> claimed_sold`,
  },
  {
    number: 1,
    states:
      'tickets that open a door, or may again once a dispute is won, are as many as their quotas have sold',
    over: 'quota_bucket',
    sql: `select format('quota %s of occurrence %s', quota_id, occurrence_id) as subject from (
            select b.organisation_id, b.occurrence_id, b.quota_id, b.sold, count(t.id) as tickets
            from quota_bucket b
            left join ticket_type_quota tq using (organisation_id, quota_id)
            left join ticket t on t.organisation_id = b.organisation_id and t.occurrence_id = b.occurrence_id
              and t.ticket_type_id = tq.ticket_type_id and t.status in ('VALID', 'TRANSFER_PENDING', 'REVOKED')
            -- A price tier's quota is of some tickets of its type; its counter is the sum of its claims as any other's.
            where not exists (select from price_tier p where p.organisation_id = b.organisation_id
              and p.quota_id = b.quota_id)
            group by b.organisation_id, b.occurrence_id, b.quota_id, b.sold) as sums
          where sold <> tickets`,
  },
  {
    number: 1,
    states: 'a quota has the same size for every occurrence',
    over: 'quota_bucket',
    sql: `select format('quota %s of occurrence %s', b.quota_id, b.occurrence_id) as subject from quota_bucket b
          join quota q on q.organisation_id = b.organisation_id and q.id = b.quota_id where q.size <> b.size`,
  },
  {
    number: 2,
    states: 'a block has every seat and every place that it keeps, and gives them up when it is released',
    over: 'place_block',
    sql: `select format('block %s', k.id) as subject from place_block k
          left join (select organisation_id, owner_id, max(quantity) as quantity from quota_claim
                     where expires_at = 'infinity' group by 1, 2) c
            on c.organisation_id = k.organisation_id and c.owner_id = k.id
          where (k.status = 'ACTIVE') <> (c.owner_id is not null) or c.quantity > k.quantity
            or (select coalesce(sum(jsonb_array_length(line -> 'seatIds')), 0) from jsonb_array_elements(k.lines) line)
              * (k.status = 'ACTIVE')::integer
              <> (select count(*) from seat_claim s where s.organisation_id = k.organisation_id and s.owner_id = k.id
                  and s.expires_at = 'infinity')`,
  },
  {
    number: 2,
    states: "a new seat map takes nobody's seat: what it leaves out and someone has is written down as kept",
    over: 'seat_claim',
    sql: `select format('seat %s of occurrence %s', c.seat_id, c.occurrence_id) as subject from seat_claim c
          join occurrence o on o.organisation_id = c.organisation_id and o.id = c.occurrence_id
          join space_map m on m.organisation_id = o.organisation_id and m.space_id = o.space_id
          join space_seat s on s.organisation_id = c.organisation_id and s.id = c.seat_id
          where s.space_id = m.space_id and s.version < m.version and m.reported_version = m.version
            and o.ends_at > m.applied_at and (c.expires_at is null or c.expires_at > now()) and not exists (
              select from kept_seat k where k.organisation_id = c.organisation_id
                and k.occurrence_id = c.occurrence_id and k.seat_id = c.seat_id)`,
  },
  {
    number: 2,
    states: 'a seat has one live ticket',
    over: 'ticket',
    sql: `select format('seat %s of occurrence %s', seat_id, occurrence_id) as subject from ticket
          where seat_id is not null and status in ('VALID', 'TRANSFER_PENDING')
          group by organisation_id, occurrence_id, seat_id having count(*) > 1`,
  },
  {
    number: 2,
    states: 'the seat of a live ticket is claimed for good by its order, and by nobody else',
    over: 'ticket',
    sql: `select format('ticket %s', t.id) as subject from ticket t
          left join seat_claim c using (organisation_id, occurrence_id, seat_id)
          where t.seat_id is not null and t.status in ('VALID', 'TRANSFER_PENDING')
            and (c.owner_id is distinct from t.order_id or c.expires_at is not null)`,
  },
  {
    number: 2,
    states: 'a live hold or unpaid order has every seat that it was promised',
    over: 'seat_claim',
    sql: `select format('hold %s', h.id) as subject
          from hold h, jsonb_array_elements(h.lines) line, jsonb_array_elements_text(line -> 'seatIds') seat
          where h.status = 'ACTIVE' and h.expires_at > now() and not exists (
            select from seat_claim c where c.organisation_id = h.organisation_id and c.occurrence_id = h.occurrence_id
              and c.seat_id = seat::uuid and c.owner_id = h.id)
          union all
          select format('order %s', o.id) from ticket_order o
          join order_line l on l.organisation_id = o.organisation_id and l.order_id = o.id, unnest(l.seat_ids) seat
          where o.status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and o.expires_at > now() and not exists (
            select from seat_claim c where c.organisation_id = o.organisation_id and c.occurrence_id = l.occurrence_id
              and c.seat_id = seat and c.owner_id = o.id)`,
  },
  {
    number: 3,
    states: 'claims belong to a hold or an order that is still entitled to them',
    over: 'quota_claim',
    sql: `select format('claim of %s', c.owner_id) as subject from quota_claim c
          left join hold h on h.organisation_id = c.organisation_id and h.id = c.owner_id
          left join ticket_order o on o.organisation_id = c.organisation_id and o.id = c.owner_id
          left join place_block k on k.organisation_id = c.organisation_id and k.id = c.owner_id
          where case when c.expires_at = 'infinity'
                  then k.status is distinct from 'ACTIVE'
                    and not coalesce(o.status = 'PENDING_PAYMENT' and o.paid_minor > 0, false)
                  when c.expires_at is null
                  then o.status is distinct from 'PAID' and o.status is distinct from 'PARTIALLY_REFUNDED'
                  else h.status is distinct from 'ACTIVE'
                    and coalesce(o.status, '') not in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') end`,
  },
  {
    number: 4,
    states: 'a hold became at most one order, and one that did says so',
    over: 'hold',
    sql: `select format('hold %s', h.id) as subject from hold h
          left join order_part p on p.organisation_id = h.organisation_id and p.hold_id = h.id
          group by h.organisation_id, h.id, h.status
          having count(p.order_id) <> case when h.status = 'CONVERTED' then 1 else 0 end`,
  },
  {
    number: 4,
    states:
      'a confirmed payment paid its order, or a part of one that waits for the rest, or is on its way back in full',
    over: 'payment',
    sql: `select format('payment %s', p.id) as subject from payment p
          join ticket_order o on o.organisation_id = p.organisation_id and o.id = p.order_id
          where p.status = 'CONFIRMED' and o.paid_at is null and not exists (
            select from refund r where r.organisation_id = p.organisation_id and r.payment_id = p.id
              and r.amount_minor = p.amount_minor)
            -- Of instalments what was kept of an order that missed one stays.
            and not (o.payment_plan is not null and (o.status = 'PENDING_PAYMENT' or o.paid_minor <= o.forfeited_minor + (
              select coalesce(sum(r.amount_minor), 0) from refund r where r.organisation_id = o.organisation_id
                and r.order_id = o.id)))`,
  },
  {
    number: 4,
    states:
      'a paid order has a confirmed payment of its total and as many tickets as it was placed for, or exchanged one',
    over: 'ticket_order',
    sql: `select format('order %s', o.id) as subject from ticket_order o
          where o.paid_at is not null and (
            (select count(*) from ticket t where t.organisation_id = o.organisation_id and t.order_id = o.id)
            + (select count(*) from exchange_order x
               join ticket_exchange e using (organisation_id, ticket_id, place)
               where x.organisation_id = o.organisation_id and x.order_id = o.id) <> o.quantity
            or coalesce((select sum(p.amount_minor) from payment p where p.organisation_id = o.organisation_id
                         and p.order_id = o.id and p.status in ('CONFIRMED', 'CHARGED_BACK')), -1) < o.total_minor)`,
  },
  {
    number: 5,
    states: 'refunds never exceed confirmed payments, counted by rows and by the order alike',
    over: 'refund',
    sql: `select format('order %s', id) as subject from (
            select o.id, o.paid_minor, o.refunded_minor,
              coalesce((select sum(amount_minor) from payment p where p.organisation_id = o.organisation_id
                and p.order_id = o.id and p.status in ('CONFIRMED', 'CHARGED_BACK')), 0) as paid,
              coalesce((select sum(amount_minor) from refund r where r.organisation_id = o.organisation_id
                and r.order_id = o.id and r.status <> 'FAILED'), 0) as refunded
            from ticket_order o) as sums
          where refunded > paid or paid <> paid_minor or refunded <> refunded_minor`,
  },
  ...moneyInvariants,
  {
    number: 6,
    states: "an order's total is the sum of its lines, its fees and its taxes, each net",
    over: 'ticket_order',
    sql: `select format('order %s', o.id) as subject from ticket_order o
          left join (
            select organisation_id, order_id, sum(quantity) as quantity, sum(tax_minor) as tax,
              sum(discount_minor) as discount, sum(coalesce(net_minor, quantity * unit_price_minor)) as net
            from order_line group by organisation_id, order_id) l
            on l.organisation_id = o.organisation_id and l.order_id = o.id
          left join (
            select organisation_id, order_id, sum(net_minor) as net, sum(tax_minor) as tax
            from order_fee group by organisation_id, order_id) f
            on f.organisation_id = o.organisation_id and f.order_id = o.id
          where l.quantity is distinct from o.quantity
            or l.net + coalesce(f.net, 0) + l.tax + coalesce(f.tax, 0) <> o.total_minor
            or coalesce(f.net, 0) <> o.fees_minor or l.tax + coalesce(f.tax, 0) <> o.tax_minor
            or l.discount <> o.discount_minor`,
  },
  {
    number: 10,
    states:
      'a voucher is used no more often, and takes no more off, than it may; its counters are the sums of its uses',
    over: 'voucher',
    sql: `select format('voucher %s', v.id) as subject from voucher v
          left join (
            select organisation_id, voucher_id, count(*) as uses, sum(discount_minor) as spent
            from voucher_use where released_at is null group by organisation_id, voucher_id) u
            on u.organisation_id = v.organisation_id and u.voucher_id = v.id
          where v.uses > v.max_uses or v.spent_minor > v.budget_minor
            or v.uses <> coalesce(u.uses, 0) or v.spent_minor <> coalesce(u.spent, 0)`,
  },
  {
    number: 10,
    states:
      'no guest uses a voucher more often than one guest may, and the use of an order that stands counts',
    over: 'voucher_use',
    sql: `select format('voucher %s of guest %s', u.voucher_id, u.guest_id) as subject from voucher_use u
          join voucher v on v.organisation_id = u.organisation_id and v.id = u.voucher_id
          where u.released_at is null
          group by u.organisation_id, u.voucher_id, u.guest_id, v.max_uses_per_guest
          having count(*) > v.max_uses_per_guest
          union all
          select format('order %s', u.order_id) from voucher_use u
          join ticket_order o on o.organisation_id = u.organisation_id and o.id = u.order_id
          where u.released_at is not null and o.status not in ('EXPIRED', 'CANCELLED')`,
  },
  {
    number: 6,
    states: "an order's total and its places are the sums of its parts, one for each hold of its cart",
    over: 'ticket_order',
    sql: `select format('order %s', o.id) as subject from ticket_order o
          left join order_part p on p.organisation_id = o.organisation_id and p.order_id = o.id
          group by o.organisation_id, o.id, o.total_minor, o.quantity
          having coalesce(sum(p.total_minor), -1) <> o.total_minor or coalesce(sum(p.quantity), -1) <> o.quantity`,
  },
  {
    number: 6,
    states: 'an order, its payments and its refunds have one currency',
    over: 'ticket_order',
    sql: `select distinct format('order %s', o.id) as subject from ticket_order o
          join (select organisation_id, order_id, currency from payment
                union select organisation_id, order_id, currency from refund) m
            on m.organisation_id = o.organisation_id and m.order_id = o.id and m.currency <> o.currency`,
  },
  ...checkInInvariants,
  {
    number: 8,
    states: 'each accepted transfer and each exchange raised the epoch of its ticket by one',
    over: 'transfer',
    sql: `select format('ticket %s', t.id) as subject from ticket t
          where t.credential_epoch <> 1 + (select count(*) from transfer x where x.organisation_id = t.organisation_id
            and x.ticket_id = t.id and x.status = 'ACCEPTED') + (select count(*) from ticket_exchange e
            where e.organisation_id = t.organisation_id and e.ticket_id = t.id)`,
  },
  {
    number: 8,
    states: 'a ticket is on offer exactly while one open transfer says so',
    over: 'ticket',
    sql: `select format('ticket %s', t.id) as subject from ticket t
          left join transfer x on x.organisation_id = t.organisation_id and x.ticket_id = t.id and x.status = 'OFFERED'
          group by t.organisation_id, t.id, t.status
          having count(x.id) <> case when t.status = 'TRANSFER_PENDING' then 1 else 0 end`,
  },
  ...stateInvariants,
  {
    number: 8,
    states: 'a ticket that was sold on opens no door, and its buyer has paid for another',
    over: 'resale_listing',
    sql: `select format('listing %s', l.id) as subject from resale_listing l
          join ticket t on t.organisation_id = l.organisation_id and t.id = l.ticket_id
          left join ticket_order o on o.organisation_id = l.organisation_id and o.id = l.sold_order_id
          where l.status = 'SOLD' and (t.status <> 'CANCELLED' or o.paid_at is null)
            or l.status = 'LISTED' and t.status in ('CANCELLED', 'REVOKED')`,
  },
  {
    number: 9,
    states: 'an entry of the waitlist is offered something exactly while it has one pending offer',
    over: 'waitlist_entry',
    sql: `select format('entry %s', e.id) as subject from waitlist_entry e
          left join waitlist_offer f on f.organisation_id = e.organisation_id and f.entry_id = e.id
            and f.status = 'OFFERED'
          group by e.organisation_id, e.id, e.status
          having count(f.id) <> case when e.status = 'OFFERED' then 1 else 0 end`,
  },
  {
    number: 9,
    states: 'an offer is a hold of as many places as its entry waits for, so that they are counted once',
    over: 'waitlist_offer',
    sql: `select format('offer %s', f.id) as subject from waitlist_offer f
          join waitlist_entry e on e.organisation_id = f.organisation_id and e.id = f.entry_id
          left join hold h on h.organisation_id = f.organisation_id and h.id = f.hold_id
          where h.quantity is distinct from e.quantity or h.occurrence_id <> e.occurrence_id`,
  },
];

export type Violation = { readonly number: number; readonly states: string; readonly subject: string };

/** What breaks an invariant now, at most twenty rows of each; empty when all is well. */
export async function findViolations(tx: Transaction): Promise<Violation[]> {
  const verdicts = await judgeInvariants(tx, invariants);
  return verdicts.flatMap(({ number, states, subjects }) =>
    subjects.map((subject) => ({ number, states, subject })),
  );
}
