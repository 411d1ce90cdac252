import { describe, expect, test } from '@jest/globals';
import { judgePassages, type Direction, type EntryRule } from './entry-rule.ts';

const once: EntryRule = { entriesPerTicket: 1, exits: false, reEntry: false };

/** What each reading comes to, in the order of the clock: `+` counts, else why not and which one counts instead. */
function judge(rule: EntryRule, directions: readonly Direction[]) {
  const passages = directions.map((direction, place) => ({ id: `s${place}`, atMs: place, direction }));
  const { presence, verdicts } = judgePassages(rule, passages.toReversed());
  const told = passages.map(({ id }) => {
    const { result, reason, winnerId } = verdicts.get(id)!;
    return result === 'ACCEPTED' ? '+' : `${reason} ${winnerId}`;
  });
  return { told, presence };
}

describe('a rule of entry', () => {
  test('admits once, and every other reading points at the first', () => {
    const { told, presence } = judge(once, ['IN', 'IN', 'IN']);
    expect(told).toEqual(['+', 'ALREADY_ADMITTED s0', 'ALREADY_ADMITTED s0']);
    expect(presence).toMatchObject({ entries: 1, ins: 1, inside: true, firstInMs: 0, lastMs: 2 });
  });

  test('admits as often as it says, or without limit', () => {
    expect(judge({ ...once, entriesPerTicket: 2 }, ['IN', 'IN', 'IN']).told).toEqual([
      '+',
      '+',
      'ALREADY_ADMITTED s1',
    ]);
    expect(judge({ ...once, entriesPerTicket: null }, ['IN', 'IN', 'IN']).told).toEqual(['+', '+', '+']);
  });

  test('with exits lets nobody in who is inside, nor out who is not', () => {
    const rule = { entriesPerTicket: null, exits: true, reEntry: false };
    expect(judge(rule, ['OUT', 'IN', 'IN', 'OUT', 'OUT', 'IN']).told).toEqual([
      'NOT_INSIDE null',
      '+',
      'ALREADY_INSIDE s1',
      '+',
      'NOT_INSIDE s3',
      '+',
    ]);
  });

  test('coming back uses up an entry, unless it says otherwise', () => {
    const rule = { entriesPerTicket: 1, exits: true, reEntry: false };
    expect(judge(rule, ['IN', 'OUT', 'IN']).told).toEqual(['+', '+', 'ALREADY_ADMITTED s0']);
    const back = judge({ ...rule, reEntry: true }, ['IN', 'OUT', 'IN', 'OUT', 'IN']);
    expect(back.told).toEqual(['+', '+', '+', '+', '+']);
    expect(back.presence).toMatchObject({ entries: 1, ins: 3, outs: 2, inside: true });
  });

  test('takes the lesser id first at the same instant', () => {
    const at = (id: string) => ({ id, atMs: 5, direction: 'IN' as const });
    expect(judgePassages(once, [at('b'), at('a')]).verdicts.get('b')).toMatchObject({ winnerId: 'a' });
  });
});
