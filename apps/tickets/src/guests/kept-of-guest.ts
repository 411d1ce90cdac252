import type { ErasureReport } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';

type Sums = NonNullable<ErasureReport['ledger']>['before'];

/** What was sold to a guest, by currency: an erasure must change none of it. */
export async function soldTo(tx: Transaction, guestId: string): Promise<Sums> {
  return tx.rows<Sums[number]>(
    `select currency, count(*)::int as orders, coalesce(sum(paid_minor), 0)::text as "paidMinor",
       coalesce(sum(refunded_minor), 0)::text as "refundedMinor"
     from ticket_order where guest_id = $1 group by currency order by currency`,
    [guestId],
  );
}

const bookkeeping = 'the law has books kept: of tax and of commerce, 6 to 10 years depending on the country';

/** What stays of a guest although it was erased, and why. */
export async function countKept(tx: Transaction, guestId: string): Promise<ErasureReport['kept']> {
  const [kept] = await tx.rows<{ orders: number; tickets: number; invoices: number }>(
    `select (select count(*)::int from ticket_order where guest_id = $1) as orders,
       (select count(*)::int from ticket where guest_id = $1) as tickets,
       (select count(*)::int from invoice join ticket_order o on o.id = invoice.order_id where o.guest_id = $1) as invoices`,
    [guestId],
  );
  const { orders, tickets, invoices } = kept!;
  return [
    { what: 'orders and payments, of nobody by name', count: orders, because: bookkeeping },
    {
      what: 'tickets, of nobody by name',
      count: tickets,
      because: 'what was sold must stay valid and countable',
    },
    { what: 'invoices, with the name that they were made out to', count: invoices, because: bookkeeping },
  ];
}

/** All that tickets has of a guest, as it may be shown to that person. */
export async function collectOfGuest(
  tx: Transaction,
  guestId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const lists = {
    orders: `select o.number, o.status, o.quantity, o.total_minor as "totalMinor", o.currency, o.created_at as "createdAt",
        o.paid_at as "paidAt", c.event_title as event, c.starts_at as "startsAt"
      from ticket_order o left join occurrence c on c.id = o.occurrence_id where o.guest_id = $1 order by o.created_at`,
    tickets: `select t.id, t.status, y.name as type, c.event_title as event, c.starts_at as "startsAt", t.issued_at as "issuedAt"
      from ticket t join ticket_type y on y.id = t.ticket_type_id left join occurrence c on c.id = t.occurrence_id
      where t.guest_id = $1 order by t.issued_at, t.id`,
    invoices: `select i.kind, i.year, i.number, i.issued_at as "issuedAt", i.document
      from invoice i join ticket_order o on o.id = i.order_id where o.guest_id = $1 order by i.issued_at`,
    answers: `select q.label as question, a.value as answer, a.answered_at as "answeredAt"
      from order_answer a join question q on q.id = a.question_id join ticket_order o on o.id = a.order_id
      where o.guest_id = $1 order by a.answered_at`,
    additions: `select ticket_id as "ticketId", plugin, fields, note, reference from ticket_addition
      where guest_id = $1 order by ticket_id, plugin`,
    transfers: `select ticket_id as "ticketId", to_email as "toEmail", status, created_at as "createdAt"
      from transfer where from_guest_id = $1 or to_guest_id = $1 order by created_at`,
    waitlist: `select c.event_title as event, w.quantity, w.status, w.joined_at as "joinedAt"
      from waitlist_entry w left join occurrence c on c.id = w.occurrence_id where w.guest_id = $1 order by w.joined_at`,
  };
  const found: Record<string, unknown> = {};
  // One after the other: a transaction is one connection.
  for (const [name, sql] of Object.entries(lists)) found[name] = await tx.rows(sql, [guestId]);
  return found;
}
