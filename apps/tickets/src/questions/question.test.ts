import { expect, test } from '@jest/globals';
import { judgeAnswered, parseAnswer, readAnswers, type LineToAnswer, type Question } from './question.ts';

const question = (over: Partial<Question> = {}): Question => ({
  id: 'q1',
  eventId: 'e1',
  ticketTypeIds: null,
  label: 'Meal',
  kind: 'CHOICE',
  choices: ['Fish', 'Lentils'],
  required: true,
  active: true,
  ...over,
});
const line = (over: Partial<LineToAnswer> = {}): LineToAnswer => ({
  lineId: 'l1',
  holdId: 'h1',
  ticketTypeId: 't1',
  eventId: 'e1',
  quantity: 2,
  ...over,
});
const given = (place: number, value = 'Fish', holdId: string | null = null) => ({
  holdId,
  ticketTypeId: 't1',
  place,
  questionId: 'q1',
  value,
});

test.each([
  ['TEXT', ' by the window ', 'by the window'],
  ['TEXT', 'x'.repeat(1001), null],
  ['CHOICE', 'Lentils', 'Lentils'],
  ['CHOICE', 'Steak', null],
  ['NUMBER', '-4.5', '-4.5'],
  ['NUMBER', 'four', null],
  ['YES_NO', 'true', 'true'],
  ['YES_NO', 'perhaps', null],
  ['TEXT', '  ', null],
] as const)('as an answer of kind %s, "%s" is taken as %s', (kind, value, taken) => {
  const parsed = parseAnswer(question({ kind }), value, 'value');
  expect(parsed.ok ? parsed.value : null).toBe(taken);
});

test('what need not be answered may be left empty', () => {
  expect(parseAnswer(question({ required: false }), ' ', 'value')).toEqual({ ok: true, value: '' });
});

test('answers find their line, the last one for a ticket counts', () => {
  expect(readAnswers([given(0), given(0, 'Lentils'), given(1)], [line()], [question()])).toEqual({
    ok: true,
    value: [
      { lineId: 'l1', place: 0, questionId: 'q1', value: 'Lentils' },
      { lineId: 'l1', place: 1, questionId: 'q1', value: 'Fish' },
    ],
  });
});

test('an answer for no ticket, for no question or for one of two holds is refused', () => {
  const both = [line(), line({ lineId: 'l2', holdId: 'h2' })];
  expect(readAnswers([given(2)], [line()], [question()])).toMatchObject({
    refusal: { field: 'answers.0.place' },
  });
  expect(readAnswers([given(0)], [line()], [question({ ticketTypeIds: ['t2'] })]).ok).toBe(false);
  expect(readAnswers([given(0)], both, [question()])).toMatchObject({
    refusal: { field: 'answers.0.holdId' },
  });
  expect(readAnswers([given(0, 'Fish', 'h2')], both, [question()]).ok).toBe(true);
});

test('every ticket needs its answer to what is required and still asked', () => {
  const one = [{ lineId: 'l1', place: 0, questionId: 'q1' }];
  expect(judgeAnswered(one, [line()], [question()]).ok).toBe(false);
  expect(judgeAnswered([...one, { ...one[0]!, place: 1 }], [line()], [question()]).ok).toBe(true);
  expect(judgeAnswered([], [line()], [question({ active: false })]).ok).toBe(true);
});
