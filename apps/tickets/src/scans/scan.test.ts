import { expect, test } from '@jest/globals';
import { judgeScan, scanRejected, type TicketAtDoor } from './scan.ts';
import type { CredentialReading } from '../tickets/ticket.ts';

const claims: CredentialReading = {
  ticketId: 't',
  occurrenceId: 'tonight',
  epoch: 2,
  form: 'STATIC',
  fresh: true,
};
const ticket: TicketAtDoor = { occurrenceId: 'tonight', status: 'VALID', credentialEpoch: 2, policy: 'ANY' };

test('a genuine ticket of tonight opens the door, also while it is on offer', () => {
  expect(judgeScan('tonight', claims, ticket)).toBeNull();
  expect(judgeScan('tonight', claims, { ...ticket, status: 'TRANSFER_PENDING' })).toBeNull();
});

test.each([
  ['BAD_SIGNATURE', null, ticket],
  ['UNKNOWN', claims, null],
  ['WRONG_OCCURRENCE', { ...claims, occurrenceId: 'tomorrow' }, { ...ticket, occurrenceId: 'tomorrow' }],
  ['WRONG_OCCURRENCE', claims, { ...ticket, occurrenceId: 'tomorrow' }],
  ['REVOKED', claims, { ...ticket, status: 'CANCELLED' as const }],
  ['REVOKED', { ...claims, epoch: 1 }, ticket],
  ['STALE', { ...claims, form: 'ROTATING' as const, fresh: false }, ticket],
  ['STALE', claims, { ...ticket, policy: 'ROTATING' as const }],
  ['STALE', { ...claims, form: 'ROTATING' as const }, { ...ticket, policy: 'STATIC' as const }],
  ['REVOKED', { ...claims, epoch: 1, fresh: false }, ticket],
])('is refused as %s', (reason, given, known) => {
  expect(judgeScan('tonight', given, known)).toBe(reason);
});

test('a refusal tells the person at the door what to say', () => {
  expect(scanRejected('ALREADY_ADMITTED')).toEqual({
    kind: 'ScanRejected',
    reason: 'ALREADY_ADMITTED',
    message: 'This ticket was admitted before.',
  });
});
