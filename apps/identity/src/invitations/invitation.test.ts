import { expect, test } from '@jest/globals';
import { statusOf } from './invitation.ts';

const now = new Date('2027-01-01T00:00:00Z');
const open = { acceptedAt: null, revokedAt: null, expiresAt: new Date('2027-01-02T00:00:00Z') };

test('an invitation is open until it is accepted, revoked or its time is over', () => {
  expect(statusOf(open, now)).toBe('OPEN');
  expect(statusOf({ ...open, acceptedAt: now }, now)).toBe('ACCEPTED');
  expect(statusOf({ ...open, revokedAt: now }, now)).toBe('REVOKED');
  expect(statusOf({ ...open, expiresAt: now }, now)).toBe('EXPIRED');
});
