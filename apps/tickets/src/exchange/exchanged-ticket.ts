import { streamId, type StreamAppend } from '@marquee/event-log';
import { accept, assert, newUuid, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { lockTicket, type TicketForChange } from '../tickets/ticket-rows.ts';
import { findTicketValues } from '../refunds/refund-tickets.ts';
import { judgeExchange, type ExchangeNotPossible, type Worth } from './exchange.ts';
import { findHeld, writeExchange, type ExchangeTarget, type Held } from './exchange-rows.ts';
import { sumOfSurcharges, type Surcharge } from './surcharges.ts';

/** A ticket that this transaction has locked, and that may be exchanged as it stands. */
export type Exchangeable = { readonly holder: TicketForChange; readonly held: Held };

/** Of an order that this transaction has locked before it. A scan under way is waited for. */
export async function lockExchangeable(
  tx: Transaction,
  ticketId: string,
  may: (holder: TicketForChange) => boolean,
): Promise<Outcome<Exchangeable, ExchangeNotPossible | NotFound>> {
  const holder = await lockTicket(tx, ticketId);
  if (!holder || !may(holder)) return notFound('The ticket');
  const held = await findHeld(tx, ticketId);
  const judged = judgeExchange({ ...holder, ...held, status: holder.ticket.status }, holder.now);
  return judged.ok ? accept({ holder, held }) : judged;
}

/** What was paid for it and is left: by its own order, and on top by orders that exchanged it for dearer ones. */
export type Value = Worth & { readonly ownMinor: bigint; readonly surcharges: readonly Surcharge[] };

export async function findValue(tx: Transaction, { holder, held }: Exchangeable): Promise<Value> {
  const { id, orderId } = holder.ticket;
  const value = (await findTicketValues(tx, orderId)).find(({ ticketId }) => ticketId === id);
  assert(value, 'a ticket is of a line of its order');
  const { priceMinor: ownMinor, surcharges } = value;
  return {
    priceMinor: held.priceMinor,
    valueMinor: ownMinor + sumOfSurcharges(surcharges),
    ownMinor,
    surcharges,
  };
}

/** The ticket is for the other place from now on; answers its news. */
export async function moveTicket(
  tx: Transaction,
  { holder: { ticket }, held }: Exchangeable,
  target: ExchangeTarget,
  worth: Worth & { readonly refundIds: readonly string[] },
): Promise<StreamAppend> {
  const id = newUuid();
  await writeExchange(tx, { id, ticket, place: held.exchanges + 1 }, target, worth);
  const { id: ticketId, orderId } = ticket;
  const { occurrenceId, ticketTypeId, seatId } = target;
  const of = { exchangeId: id, ticketId, orderId };
  const left = { occurrenceId: ticket.occurrenceId, ticketTypeId: ticket.ticketTypeId };
  return {
    streamId: streamId('ticket', ticketId),
    events: [
      { type: 'tickets.ticket-withdrawn.v1', data: { ...of, ...left } },
      {
        type: 'tickets.ticket-exchanged.v1',
        data: { ...of, occurrenceId, ticketTypeId, seatId, fromOccurrenceId: ticket.occurrenceId },
      },
    ],
  };
}
