import { newUuid } from '@marquee/kernel';
import { accepted, givenOccurrence, givenTicketType, type World } from '../harness.test-support.ts';
import { exchangeTicket } from './exchange-ticket.ts';

/** Orders a dearer place for the ticket; what is paid for it exchanges the ticket. */
export async function givenDearerOrdered(world: World, ticketId: string): Promise<{ readonly id: string }> {
  const to = await givenOccurrence(world);
  const dearer = await givenTicketType(world, to, { price: { amountMinor: 4000n, currency: 'EUR' } });
  const { toPay } = await accepted(
    exchangeTicket(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      ticketId,
      occurrenceId: to.id,
      ticketTypeId: dearer.id,
      seatId: null,
      paysDifference: true,
    }),
  );
  return { id: toPay!.orderId };
}
