import type { Transaction } from '@marquee/postgres';
import type { Ticket, TicketStatus } from './ticket.ts';

export type TicketRow = {
  readonly id: string;
  readonly order_id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly guest_id: string;
  readonly seat_id: string | null;
  readonly status: TicketStatus;
  readonly credential_epoch: number;
  readonly issued_at: Date;
  readonly cancelled_at: Date | null;
};

export function readTicketRow(row: TicketRow): Ticket {
  return {
    id: row.id,
    orderId: row.order_id,
    occurrenceId: row.occurrence_id,
    ticketTypeId: row.ticket_type_id,
    guestId: row.guest_id,
    seatId: row.seat_id,
    status: row.status,
    credentialEpoch: row.credential_epoch,
    issuedAt: row.issued_at,
    cancelledAt: row.cancelled_at,
  };
}

export async function findTickets(tx: Transaction, ids: readonly string[]): Promise<Ticket[]> {
  const rows = await tx.rows<TicketRow>('select * from ticket where id = any($1)', [ids]);
  return rows.map(readTicketRow);
}

export async function findTicketsOfOrders(tx: Transaction, orderIds: readonly string[]): Promise<Ticket[]> {
  const rows = await tx.rows<TicketRow>(
    'select * from ticket where order_id = any($1) order by issued_at, id',
    [orderIds],
  );
  return rows.map(readTicketRow);
}

/** A page of a guest's tickets, newest first, one more than asked for so that the caller knows whether more follow. */
export async function findTicketsOfGuest(
  tx: Transaction,
  guestId: string,
  { first, after }: { readonly first: number; readonly after: readonly string[] | null },
): Promise<Ticket[]> {
  const rows = await tx.rows<TicketRow>(
    `select * from ticket
     where guest_id = $1 and ($2::timestamptz is null or (issued_at, id) < ($2, $3::uuid))
     order by issued_at desc, id desc limit $4`,
    [guestId, after?.[0] ?? null, after?.[1] ?? null, first + 1],
  );
  return rows.map(readTicketRow);
}

export type TicketForChange = {
  readonly ticket: Ticket;
  readonly guestEmail: string | null;
  readonly orderGuestId: string;
  readonly placedBy: string;
  readonly startsAt: Date;
  readonly admitted: boolean;
  /** Its holder sells it on. */
  readonly listed: boolean;
  readonly now: Date;
};

/** The ticket, locked until the transaction ends, with what decides whether it may change hands. */
export async function lockTicket(tx: Transaction, id: string): Promise<TicketForChange | null> {
  const locked = await tx.rows('select id from ticket where id = $1 for update', [id]);
  if (locked.length === 0) return null;
  // A statement of its own: only now, under the lock, is it certain that no scan is still under way.
  const [row] = await tx.rows<
    TicketRow & {
      readonly guest_email: string | null;
      readonly order_guest_id: string;
      readonly placed_by: string;
      readonly starts_at: Date;
      readonly admitted: boolean;
      readonly listed: boolean;
      readonly now: Date;
    }
  >(
    `select t.*, g.email as guest_email, o.guest_id as order_guest_id, o.placed_by, c.starts_at, now() as now,
            exists (select from admission a where a.ticket_id = t.id and a.ins > 0) as admitted,
            exists (select from resale_listing l where l.ticket_id = t.id and l.status = 'LISTED') as listed
     from ticket t
     join ticket_order o on o.id = t.order_id
     join occurrence c on c.id = t.occurrence_id
     left join guest g on g.id = t.guest_id
     where t.id = $1`,
    [id],
  );
  if (!row) return null;
  return {
    ticket: readTicketRow(row),
    guestEmail: row.guest_email,
    orderGuestId: row.order_guest_id,
    placedBy: row.placed_by,
    startsAt: row.starts_at,
    admitted: row.admitted,
    listed: row.listed,
    now: row.now,
  };
}
