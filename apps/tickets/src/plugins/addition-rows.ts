import type { Hooks } from '@marquee/hooks';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Addition } from './addition.ts';

/** Only those that were made for the guest whose ticket it is now. */
export async function findAdditions(tx: Transaction, ticketIds: readonly string[]): Promise<Addition[]> {
  return tx.rows<Addition>(
    `select a.ticket_id as "ticketId", a.plugin, a.title, a.fields, a.note, a.reference
       from ticket_addition a join ticket t on t.id = a.ticket_id and t.guest_id = a.guest_id
      where a.ticket_id = any($1) order by a.plugin`,
    [ticketIds],
  );
}

/** Tickets that nobody may show yet: a plugin that must be heard has not answered. */
export async function findHeldBack(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(
    'select ticket_id as id from ticket_to_extend where ticket_id = any($1) and holds_back',
    [ticketIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Its own, or the one that it exchanged for a dearer one. */
const ofOrder = 'order_id = $1 or id in (select ticket_id from exchange_order x where x.order_id = $1)';

/**
 * In the transaction that issued tickets, or gave them to another guest or for another place: plugins are asked about them
 * once it is over. Costs a look into a map where no plugin has a say.
 */
export async function awaitPlugins(
  tx: Transaction,
  hooks: Hooks,
  of: { readonly orderId: string } | { readonly ticketId: string },
): Promise<void> {
  const organisationId = tx.organisationId!;
  if (!hooks.has(organisationId, 'ticket-issue')) return;
  const [own, id] = 'orderId' in of ? [ofOrder, of.orderId] : ['id = $1', of.ticketId];
  await tx.execute(
    `insert into ticket_to_extend (organisation_id, ticket_id, order_id, guest_id, stamp, holds_back)
     select organisation_id, id, order_id, guest_id, $2, $3 from ticket
      where (${own}) and status in ('VALID', 'TRANSFER_PENDING')
     on conflict (organisation_id, ticket_id) do update set guest_id = excluded.guest_id, stamp = excluded.stamp,
       since = excluded.since, holds_back = excluded.holds_back, attempts = 0, due_at = now()`,
    [id, newUuid(), hooks.mustBeHeard(organisationId, 'ticket-issue')],
  );
}

/** A ticket that this process asks about now. */
export type Claimed = {
  readonly ticketId: string;
  readonly stamp: string;
  readonly since: Date;
  readonly status: string;
  readonly ticketTypeId: string;
  readonly ticketType: string;
  readonly occurrenceId: string;
  readonly startsAt: Date;
  readonly issuedAt: Date;
  readonly section: string | null;
  readonly row: string;
  readonly label: string;
};

export type Due = { readonly organisationId: string; readonly orderId: string; readonly guestId: string };

/** Whose tickets are due, over all organisations. */
export async function findDue(tx: Transaction, most: number): Promise<Due[]> {
  return tx.rows<Due>(
    `select organisation_id as "organisationId", order_id as "orderId", guest_id as "guestId"
       from ticket_to_extend where due_at <= now()
      group by organisation_id, order_id, guest_id order by min(due_at) limit $1`,
    [most],
  );
}

/** Nobody else asks about them for five seconds, then ten, and so on: until an answer, and again where there is none. */
export async function claimDue(tx: Transaction, { orderId, guestId }: Due, most: number): Promise<Claimed[]> {
  return tx.rows<Claimed>(
    `with due as (
       select ticket_id from ticket_to_extend where order_id = $1 and guest_id = $2 and due_at <= now()
        order by ticket_id limit $3 for update skip locked),
     claimed as (
       update ticket_to_extend e set attempts = e.attempts + 1,
              due_at = now() + make_interval(secs => least(5 * 2 ^ least(e.attempts, 6), 300))
         from due where e.ticket_id = due.ticket_id returning e.ticket_id, e.stamp, e.since)
     select c.ticket_id as "ticketId", c.stamp, c.since, t.status, t.ticket_type_id as "ticketTypeId",
            y.name as "ticketType", t.occurrence_id as "occurrenceId", o.starts_at as "startsAt",
            t.issued_at as "issuedAt", s.section_name as section, s.row_label as row, s.label
       from claimed c join ticket t on t.id = c.ticket_id
       join ticket_type y on y.id = t.ticket_type_id join occurrence o on o.id = t.occurrence_id
       left join space_seat s on s.id = t.seat_id
      order by c.ticket_id`,
    [orderId, guestId, most],
  );
}

/** Of those that were asked about, the tickets that are still what they were: they need no more asking. */
export async function settleAsked(tx: Transaction, claimed: readonly Claimed[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `delete from ticket_to_extend e using unnest($1::uuid[], $2::uuid[]) as a(ticket_id, stamp)
      where e.ticket_id = a.ticket_id and e.stamp = a.stamp returning e.ticket_id as id`,
    [claimed.map(({ ticketId }) => ticketId), claimed.map(({ stamp }) => stamp)],
  );
  return rows.map(({ id }) => id);
}

/** Instead of what these tickets had. */
export async function replaceAdditions(
  tx: Transaction,
  ticketIds: readonly string[],
  guestId: string,
  additions: readonly Addition[],
): Promise<void> {
  await tx.execute('delete from ticket_addition where ticket_id = any($1)', [ticketIds]);
  await tx.execute(
    `insert into ticket_addition (organisation_id, ticket_id, guest_id, plugin, title, fields, note, reference)
     select $1, a."ticketId", $2, a.plugin, a.title, a.fields, a.note, a.reference
       from jsonb_to_recordset($3) as a("ticketId" uuid, plugin text, title text, fields jsonb, note text, reference text)`,
    [tx.organisationId, guestId, JSON.stringify(additions)],
  );
}
