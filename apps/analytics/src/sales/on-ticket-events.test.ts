import { expect, test } from '@jest/globals';
import { assertValidEvent, catalogue } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { countedEvents, readChange } from './on-ticket-events.ts';
import { eur, storyOf, ticketEvent } from './ticket-events.test-support.ts';

const organisationId = newUuid();
const occurrenceId = newUuid();

test('every event of the story is in the catalogue and fits its schema', () => {
  for (const event of storyOf(organisationId, occurrenceId))
    expect(() => assertValidEvent(event)).not.toThrow();
});

test('every event of the catalogue that says it counts is counted, and no other', () => {
  const counting = Object.entries(catalogue)
    .filter(([type, schema]) => type.startsWith('tickets.') && /Counts: /.test(descriptionOf(schema)))
    .map(([type]) => type);
  expect(Object.keys(countedEvents).toSorted()).toEqual(counting.toSorted());
});

const descriptionOf = (schema: unknown) => String((schema as { description?: string }).description);

test('a paid order moves what it held to sold, and its total to what was paid', () => {
  const event = ticketEvent(organisationId, 'tickets.order-paid.v1', {
    orderId: newUuid(),
    number: 'A-1',
    guestId: newUuid(),
    occurrenceId,
    quantity: 3,
    heldQuantity: 2,
    lines: [],
    total: eur(7500),
  });
  expect(readChange(event)).toEqual({
    occurrenceId,
    at: event.occurredAt,
    sold: 3,
    held: -2,
    checkedIn: 0,
    cancelled: 0,
    paid: { amountMinor: 7500n, currency: 'EUR' },
    refunded: null,
  });
});

test('a ticket turned away at the door moves nothing', () => {
  const scan = (result: 'ACCEPTED' | 'REJECTED') =>
    ticketEvent(organisationId, 'tickets.ticket-scanned.v1', {
      scanId: newUuid(),
      occurrenceId,
      ticketId: null,
      result,
      reason: null,
      scannedAt: '2027-03-20T19:00:00.000Z',
    });
  expect(readChange(scan('REJECTED'))).toBeNull();
  expect(readChange(scan('ACCEPTED'))).toMatchObject({ checkedIn: 1 });
});

test('a refund that failed gives back the revenue that it took, unless it took none', () => {
  const failed = (restored: number) =>
    ticketEvent(organisationId, 'tickets.refund-failed.v1', {
      refundId: newUuid(),
      orderId: newUuid(),
      occurrenceId,
      amount: eur(2500),
      revenueRestored: eur(restored),
      reason: 'account closed',
    });
  expect(readChange(failed(2500))).toMatchObject({
    paid: null,
    refunded: { amountMinor: -2500n, currency: 'EUR' },
  });
  expect(readChange(failed(0))).toBeNull();
});
