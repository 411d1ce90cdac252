import { describe, expect, test } from '@jest/globals';
import { sagaScenarios } from '@marquee/testkit';
import type { SagaInput } from '@marquee/sagas';
import { answerWithinMs, spaceBooking, type SpaceBooking, type SpacePlan } from './space-booking.ts';

const plan: SpacePlan = {
  occurrenceId: 'o',
  revision: 1,
  spaceId: 's',
  startsAt: '2027-03-20T18:00:00.000Z',
  endsAt: '2027-03-20T20:00:00.000Z',
};
const moved = { ...plan, revision: 2, startsAt: '2027-03-20T19:00:00.000Z' };
const over = { at: new Date(plan.endsAt) };
const given = sagaScenarios(spaceBooking);

const answered = (verdict: 'BOOKED' | 'CONFLICT' | 'RELEASED', revision = 1): SagaInput<SpaceBooking> => ({
  kind: 'message',
  message: { type: 'answered', revision, verdict },
});
const withdrawn = (cancelled: boolean): SagaInput<SpaceBooking> => ({
  kind: 'message',
  message: { type: 'withdrawn', revision: 2, cancelled },
});
const silence: SagaInput<SpaceBooking> = { kind: 'timer', timer: 'answer' };
const found = (result: 'BOOKED' | 'FREE' | 'SILENT'): SagaInput<SpaceBooking> => ({
  kind: 'succeeded',
  command: 'ask',
  data: plan,
  result,
});
const note = (status: 'BOOKED' | 'TIMED_OUT') => ({
  type: 'note' as const,
  data: { occurrenceId: 'o', revision: 1, status },
});

describe('the booking of a space', () => {
  test('waits for the answer of venues, from the planning on', () => {
    given(plan).then({
      state: { phase: 'requested', plan, asked: 0 },
      timers: { answer: { afterMs: answerWithinMs }, over: null },
      undo: [{ type: 'release', data: { occurrenceId: 'o' } }],
    });
    given(plan, answered('BOOKED')).then({
      state: { phase: 'booked', plan, asked: 0 },
      timers: { answer: null, over },
    });
  });

  test('that was refused still gets its turn', () => {
    given(plan, answered('CONFLICT'))
      .when(answered('BOOKED'))
      .then({ state: { phase: 'booked', plan, asked: 0 }, timers: { answer: null, over } });
  });

  test('asks when there is no answer, shows it, and asks again later', () => {
    given(plan, silence).then({
      state: { phase: 'requested', plan, asked: 1 },
      commands: [{ type: 'ask', data: plan }],
    });
    given(plan, silence, found('SILENT')).then({
      state: { phase: 'unanswered', plan, asked: 1 },
      commands: [note('TIMED_OUT')],
      timers: { answer: { afterMs: 600_000 } },
    });
    given(plan, silence, found('FREE'), silence, found('FREE')).then({
      state: { phase: 'unanswered', plan, asked: 2 },
      timers: { answer: { afterMs: 1_200_000 } },
    });
    given(plan, silence, found('BOOKED')).then({
      state: { phase: 'booked', plan, asked: 1 },
      commands: [note('BOOKED')],
      timers: { answer: null, over },
    });
  });

  test('asks no more when it would be too late', () => {
    const late = sagaScenarios(spaceBooking, new Date('2027-03-20T19:55:00Z'));
    late(plan, silence, found('SILENT')).then({
      state: { phase: 'unanswered', plan, asked: 1 },
      commands: [note('TIMED_OUT')],
      timers: { answer: null, over },
    });
  });

  test('begins anew with another time or space, and hears no more of the old one', () => {
    const replanned: SagaInput<SpaceBooking> = { kind: 'message', message: { type: 'planned', plan: moved } };
    given(plan, answered('BOOKED'), replanned).then({
      state: { phase: 'requested', plan: moved, asked: 0 },
      timers: { answer: { afterMs: answerWithinMs }, over: null },
    });
    const state = { phase: 'requested', plan: moved, asked: 0 } as const;
    given(plan, replanned, answered('RELEASED', 1)).then({ state });
    given(plan, replanned, found('BOOKED')).then({ state });
    given(plan, replanned, { kind: 'message', message: { type: 'planned', plan } }).then({ state });
  });

  test('is undone when the occurrence is called off, and only then, or with it, at its end', () => {
    const cancelled = given(plan, answered('BOOKED'), withdrawn(true));
    expect(cancelled.step).toMatchObject({ state: { phase: 'releasing' }, unwind: true });
    expect(cancelled.when(answered('RELEASED', 2)).step).toEqual({ state: cancelled.step.state });
    expect(cancelled.when({ kind: 'unwound' }).step).toMatchObject({ state: { phase: 'over' }, done: true });
    expect(given(plan, withdrawn(false)).step).toMatchObject({ state: { phase: 'free' } });
    const ended = given(plan, answered('BOOKED'), { kind: 'timer', timer: 'over' });
    expect(ended.step).toMatchObject({ state: { phase: 'over' }, done: true });
  });
});
