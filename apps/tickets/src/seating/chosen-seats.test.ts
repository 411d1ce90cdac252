import { describe, expect, test } from '@jest/globals';
import { judgeCompanions, judgeSingles } from './chosen-seats.ts';
import { draw, planOf, type Drawn } from './seat-plan.test-support.ts';

describe('chosen seats', () => {
  const singles = (drawn: Drawn, ...chosen: string[]) => {
    const judged = judgeSingles(
      planOf(drawn),
      chosen.map((each) => `Stalls ${each.replace('/', ' ')}`),
    );
    return judged.ok ? [] : judged.refusal.seatIds.map((id) => id.replace('Stalls ', '').replace(' ', '/'));
  };

  test.each<[string, Drawn, string[], string[]]>([
    ['may be at an end', { rows: ['....'] }, ['0/0', '0/1'], []],
    ['must not leave the seat at the end', { rows: ['.....'] }, ['0/1', '0/2'], ['0/0']],
    ['must not leave one in between', { rows: ['......'] }, ['0/0', '0/1', '0/3'], ['0/2']],
    ['may leave one that was single before', { rows: ['.x....'] }, ['0/2', '0/3'], []],
    ['may leave one where nobody could do better', { rows: ['...x'] }, ['0/0', '0/1'], []],
    ['must go where it can be helped', { rows: ['...x', 'xx..'] }, ['0/0', '0/1'], ['0/2']],
    ['do not leave a seat across the aisle alone', { rows: ['..|..'] }, ['0/0', '0/1'], []],
    ['may be beside an accessible one', { rows: ['A...'] }, ['0/1', '0/2', '0/3'], []],
  ])('%s', (_, drawn, chosen, left) => expect(singles(drawn, ...chosen)).toEqual(left));

  test('of companions go with their own accessible seat, until they are released', () => {
    const [accessible, companion] = draw({ rows: ['Ac'] }).rows[0]!.seats;
    expect(judgeCompanions([accessible!, companion!], false).ok).toBe(true);
    expect(judgeCompanions([companion!], true).ok).toBe(true);
    expect(judgeCompanions([companion!], false)).toMatchObject({
      refusal: { kind: 'CompanionSeatAlone', seatIds: [companion!.id] },
    });
  });
});
