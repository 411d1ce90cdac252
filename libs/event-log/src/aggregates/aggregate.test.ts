import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { scenarios } from '@marquee/testkit';
import { difference, type SnapshotPolicy } from '../index.ts';
import { isSnapshotDue } from '../snapshots/snapshotter.ts';
import { defineGuest, type GuestEvent } from './guest.test-support.ts';

const guestId = newUuid();
const email = 'ada@example.com';
const registered = (name: string): GuestEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId, email, name },
});
const given = scenarios(defineGuest());

describe('an aggregate’s rules, by scenarios', () => {
  test('decide events of a command', () => {
    given(registered('Ada'))
      .when({ guestId, email, names: ['Countess', 'Lovelace'] })
      .then(registered('Countess'), registered('Lovelace'));
    given()
      .when({ guestId, email, names: ['Ada'] })
      .thenState({ email, names: ['Ada'], registrations: 1 });
    given(registered('Ada')).thenState({ email, names: ['Ada'], registrations: 1 });
  });

  test('refuse what may not be, and answer nothing where there is nothing to do', () => {
    const refusal = given(registered('Ada'))
      .when({ guestId, email: 'bob@example.com', names: ['Bob'] })
      .thenRefused('OtherGuest');
    expect(refusal.message).toBe('That is another guest.');
    given(registered('Ada')).when({ guestId, email, names: [] }).thenNothing();
  });

  test('fail the test where they are wrong, and where they change what they were given', () => {
    const scenario = given(registered('Ada')).when({ guestId, email, names: ['Bob'] });
    expect(() => scenario.then(registered('Eve'))).toThrow();
    expect(() => scenario.thenNothing()).toThrow();
    expect(() => scenario.thenRefused('OtherGuest')).toThrow('it was accepted');
    const other = given(registered('Ada')).when({ guestId, email: 'x@example.com', names: ['X'] });
    expect(() => other.then(registered('X'))).toThrow('it was refused');
    expect(() => other.thenRefused('TooManyNames')).toThrow();
    const impure = scenarios({
      ...defineGuest(),
      evolve: (state, { data }) => {
        (state.names as string[]).push(data.name);
        return state;
      },
    });
    expect(() => impure(registered('Ada'))).toThrow(TypeError);
  });
});

describe('the definition of an aggregate', () => {
  test.each<[string, SnapshotPolicy]>([
    ['no turn', { schemaVersion: 1 }],
    ['a schema version of 0', { schemaVersion: 0, everyEvents: 1 }],
    ['a turn of no events', { schemaVersion: 1, everyEvents: 0 }],
    ['a turn of no time', { schemaVersion: 1, everyMs: -1 }],
  ])('is refused where its snapshots have %s', (_, policy) => {
    expect(() => defineGuest(policy)).toThrow('the snapshots of guest need');
  });
});

describe('a snapshot', () => {
  const at = (version: number, seconds: number) => ({
    version,
    occurredAt: new Date(seconds * 1_000).toISOString(),
  });
  const everyTen = { schemaVersion: 1, everyEvents: 10 };
  const everyMinute = { schemaVersion: 1, everyMs: 60_000 };

  test.each([
    [everyTen, at(0, 0), at(9, 3_600), false],
    [everyTen, at(0, 0), at(10, 0), true],
    [everyTen, at(15, 0), at(24, 0), false],
    [everyMinute, at(5, 0), at(1_000, 59), false],
    [everyMinute, at(5, 0), at(6, 60), true],
    [{ ...everyTen, ...everyMinute }, at(0, 0), at(1, 60), true],
    [{ ...everyTen, ...everyMinute }, at(0, 0), at(10, 1), true],
    [{ ...everyTen, ...everyMinute }, at(0, 0), at(9, 59), false],
  ])('with the policy %j is due since %j at %j: %s', (policy, since, now, due) => {
    expect(isSnapshotDue(policy, since, now)).toBe(due);
  });
});

test('the difference of two states is a JSON Patch', () => {
  expect(difference({ a: 1, list: ['x', 'y'], gone: true }, { a: 2, list: ['x', 'z', 'y'] })).toEqual([
    { op: 'remove', path: '/gone' },
    { op: 'replace', path: '/a', value: 2 },
    { op: 'add', path: '/list/1', value: 'z' },
  ]);
  expect(difference({ a: [1] }, { a: [1] })).toEqual([]);
});
