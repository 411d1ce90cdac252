import type { DomainEvent, EventData } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { CountedEventType } from './on-ticket-events.ts';

let minute = 0;

/** An event as the ticket service would send it, a minute after the one made before. */
export function ticketEvent<Type extends CountedEventType>(
  organisationId: string,
  type: Type,
  data: EventData<Type>,
): DomainEvent<CountedEventType> {
  const occurredAt = new Date(Date.UTC(2027, 2, 20, 18, minute++)).toISOString();
  return {
    id: newUuid(),
    streamId: `order-${newUuid()}`,
    version: 1,
    organisationId,
    occurredAt,
    correlationId: 'test',
    actor: 'tester',
    type,
    data,
  } as DomainEvent<CountedEventType>;
}

export const eur = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });

/**
 * What happens to one occurrence: five held, two released, three paid of which one is refunded and cancelled, one
 * order expires, one is cancelled, one is paid after its hold expired; two are let in, one turned away.
 */
export function storyOf(organisationId: string, occurrenceId: string): DomainEvent<CountedEventType>[] {
  const event = <Type extends CountedEventType>(type: Type, data: EventData<Type>) =>
    ticketEvent(organisationId, type, data);
  const [holdId, orderId, guestId, ticketId] = [newUuid(), newUuid(), newUuid(), newUuid()];
  const instant = '2027-03-20T19:00:00.000Z';
  const hold = (quantity: number) =>
    event('tickets.hold-placed.v1', {
      holdId,
      occurrenceId,
      quantity,
      lines: [],
      total: eur(0),
      expiresAt: instant,
    });
  const paid = (quantity: number, heldQuantity: number, amountMinor: number, currency = 'EUR') =>
    event('tickets.order-paid.v1', {
      orderId,
      number: 'A-1',
      guestId,
      occurrenceId,
      quantity,
      heldQuantity,
      lines: [],
      total: { amountMinor: String(amountMinor), currency },
    });
  const scan = (result: 'ACCEPTED' | 'REJECTED') =>
    event('tickets.ticket-scanned.v1', {
      scanId: newUuid(),
      occurrenceId,
      ticketId,
      result,
      reason: null,
      scannedAt: instant,
    });
  return [
    hold(5),
    event('tickets.hold-released.v1', { holdId, occurrenceId, quantity: 2 }),
    paid(3, 3, 7500),
    hold(4),
    event('tickets.order-expired.v1', { orderId, occurrenceId, quantity: 4 }),
    hold(2),
    event('tickets.order-cancelled.v1', { orderId, occurrenceId, quantity: 2, reason: null }),
    hold(1),
    event('tickets.hold-expired.v1', { holdId, occurrenceId, quantity: 1 }),
    paid(1, 0, 2500),
    paid(2, 0, 9000, 'CHF'),
    event('tickets.order-refunded.v1', {
      orderId,
      occurrenceId,
      refundId: newUuid(),
      amount: eur(2500),
      status: 'PARTIALLY_REFUNDED',
      reason: null,
    }),
    event('tickets.ticket-cancelled.v1', { ticketId, orderId, occurrenceId, reason: null }),
    scan('ACCEPTED'),
    scan('REJECTED'),
    scan('ACCEPTED'),
    hold(6),
  ];
}

/** What the story above comes to. */
export const storyTotals = {
  ticketsSold: 5,
  ticketsHeld: 6,
  checkedIn: 2,
  revenue: [
    { amountMinor: 7500n, currency: 'EUR' },
    { amountMinor: 9000n, currency: 'CHF' },
  ],
};
