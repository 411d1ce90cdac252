import { expect, test } from '@jest/globals';
import { isLive, ticketAsOf, type Ticket } from './ticket.ts';

const issuedAt = new Date('2027-03-20T18:00:00Z');
const cancelledAt = new Date('2027-03-21T18:00:00Z');
const ticket: Ticket = {
  id: 't',
  orderId: 'o',
  occurrenceId: 'c',
  ticketTypeId: 'y',
  guestId: 'g',
  seatId: null,
  status: 'CANCELLED',
  credentialEpoch: 1,
  issuedAt,
  cancelledAt,
};

test('a ticket on offer still opens the door; a cancelled or revoked one does not', () => {
  expect(['VALID', 'TRANSFER_PENDING'].every((status) => isLive(status as Ticket['status']))).toBe(true);
  expect(['CANCELLED', 'REVOKED'].some((status) => isLive(status as Ticket['status']))).toBe(false);
});

test('a ticket of the past is one that was issued by then and valid until it was cancelled', () => {
  expect(ticketAsOf(ticket, null)).toBe(ticket);
  expect(ticketAsOf(ticket, new Date(issuedAt.getTime() - 1))).toBeNull();
  expect(ticketAsOf(ticket, issuedAt)).toMatchObject({ status: 'VALID' });
  expect(ticketAsOf(ticket, cancelledAt)).toMatchObject({ status: 'CANCELLED' });
});
