import { expect, test } from '@jest/globals';
import { beyond, isWholeOwner, scopesWithin } from './membership.ts';

const rights = { role: 'SCANNER', scopes: null, eventIds: null } as const;

test('a member may do what its role may, or the part of it that was given', () => {
  const ofRole = ['catalogue:read', 'tickets:scan'];
  expect(scopesWithin(rights, ofRole)).toEqual(ofRole);
  expect(scopesWithin({ ...rights, scopes: ['tickets:scan', 'hub:manage'] }, ofRole)).toEqual([
    'tickets:scan',
  ]);
});

test('nobody gives what it does not have', () => {
  expect(beyond(['a:b', 'c:d'], ['a:b'])).toEqual(['c:d']);
});

test('an owner who is confined to events or scopes does not count as one', () => {
  expect(isWholeOwner({ ...rights, role: 'OWNER' })).toBe(true);
  expect(isWholeOwner({ role: 'OWNER', scopes: ['hub:manage'], eventIds: null })).toBe(false);
  expect(isWholeOwner({ role: 'OWNER', scopes: null, eventIds: ['x'] })).toBe(false);
  expect(isWholeOwner(rights)).toBe(false);
});
