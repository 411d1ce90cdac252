import { streamId, type StreamAppend } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Order, OrderLine } from '../orders/order.ts';

/** One ticket for each place of the order; answers the events to append, each in its ticket's own stream. */
export async function issueTickets(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
): Promise<StreamAppend[]> {
  const tickets = lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, place) => ({
      id: newUuid(),
      order_line_id: line.id,
      line_place: place,
      occurrence_id: line.occurrenceId,
      ticket_type_id: line.ticketTypeId,
      seat_id: line.seatIds[place] ?? null,
    })),
  );
  await tx.execute(
    `insert into ticket (organisation_id, id, order_id, order_line_id, occurrence_id, ticket_type_id, guest_id, seat_id,
                         line_place, status)
     select $1, t.id, $2, t.order_line_id, t.occurrence_id, t.ticket_type_id, $3, t.seat_id, t.line_place, 'VALID'
     from jsonb_to_recordset($4) as t(id uuid, order_line_id uuid, occurrence_id uuid, ticket_type_id uuid,
                                      seat_id uuid, line_place integer)`,
    [tx.organisationId, order.id, order.guestId, JSON.stringify(tickets)],
  );
  return tickets.map((ticket) => ({
    streamId: streamId('ticket', ticket.id),
    expectedVersion: 'none',
    events: [
      {
        type: 'tickets.ticket-issued.v1',
        data: {
          ticketId: ticket.id,
          orderId: order.id,
          occurrenceId: ticket.occurrence_id,
          ticketTypeId: ticket.ticket_type_id,
          guestId: order.guestId,
          seatId: ticket.seat_id,
        },
      },
    ],
  }));
}
