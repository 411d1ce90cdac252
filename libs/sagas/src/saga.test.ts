import { describe, expect, test } from '@jest/globals';
import { sagaScenarios } from '@marquee/testkit';
import { anySaga, limits, upcastState } from './definition.ts';
import { begin, feed, newDraft, unwindFurther } from './draft.ts';
import { trip, type Trip } from './fixtures/trip.ts';
import { defineSaga, SagaLimitError, SagaVersionError, type SagaInput } from './index.ts';

const now = new Date('2027-01-01T00:00:00Z');
const reserved = {
  kind: 'succeeded',
  command: 'reserve',
  data: { seat: 7 },
  result: { seat: 7 },
} as const;

describe('a saga', () => {
  const given = sagaScenarios(trip);

  test('is a pure function from state and input to what follows', () => {
    given({ note: 'n' }).then({
      state: { phase: 'reserving', note: 'n' },
      commands: [{ type: 'reserve', data: { seat: 7 } }],
      undo: [{ type: 'release', data: { seat: 7 } }],
      timers: { patience: { afterMs: 60_000 } },
    });
    given({ note: 'n' }, reserved)
      .when({ kind: 'message', message: { type: 'cancelled' } })
      .then({ state: { phase: 'undoing', note: 'n' }, unwind: true });
  });

  test('fails its scenario when its state is no JSON', () => {
    const dated = sagaScenarios({
      start: () => ({ state: new Date() }),
      react: (state: Date) => ({ state }),
    });
    expect(() => dated(null)).toThrow();
  });

  test('must say what becomes of the state of older versions', () => {
    expect(() => defineSaga<Trip>({ ...trip, version: 2 })).toThrow('no upcast from version 1 to 2');
    const third = defineSaga<Trip>({
      ...trip,
      version: 3,
      upcast: {
        1: (old: { was: string }) => ({ renamed: old.was }),
        2: ({ renamed }: { renamed: string }) => ({ phase: 'writing', note: renamed }),
      },
    });
    expect(upcastState(third, { version: 1, state: { was: 'x' } })).toEqual({ phase: 'writing', note: 'x' });
    expect(() => upcastState(trip, { version: 2, state: {} })).toThrow(SagaVersionError);
  });
});

describe('an instance', () => {
  const draftOf = () => {
    const draft = newDraft({ id: 'i', organisationId: 'o', key: 'k', state: null });
    begin(anySaga(trip), draft, { note: 'n' }, now);
    return draft;
  };
  const tell = (draft: ReturnType<typeof draftOf>, input: SagaInput<Trip>) =>
    feed(anySaga(trip), draft, input, now);
  const issued = (draft: ReturnType<typeof draftOf>) => draft.journal.flatMap((step) => step.issued);

  test('undoes what was done newest first, one at a time, once nothing is under way', () => {
    const draft = draftOf();
    draft.openCommands -= 1;
    tell(draft, reserved);
    tell(draft, { kind: 'timer', timer: 'patience' });
    unwindFurther(anySaga(trip), draft, now);
    // The charge is under way still: its outcome is waited for.
    expect(issued(draft)).toEqual(['reserve', 'timer patience', 'charge']);
    draft.openCommands -= 1;
    for (const undo of ['refund', 'release']) {
      unwindFurther(anySaga(trip), draft, now);
      expect(issued(draft).at(-1)).toBe(undo);
      expect(draft.openCommands).toBe(1);
      draft.openCommands -= 1;
    }
    unwindFurther(anySaga(trip), draft, now);
    expect(draft).toMatchObject({ state: { phase: 'given-up' }, unwinding: false, doneAt: now });
    const keys = [...draft.tasks.values()].map(({ kind, task }) => `${kind} ${task}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('hears nothing any more when it is done, which is kept', () => {
    const draft = draftOf();
    draft.doneAt = now;
    tell(draft, { kind: 'message', message: { type: 'cancelled' } });
    expect(draft.state).toEqual({ phase: 'reserving', note: 'n' });
    expect(draft.journal.at(-1)?.input).toMatchObject({ ignored: true });
  });

  test('is stopped when it goes round in circles, or asks for too much', () => {
    const draft = draftOf();
    draft.steps = limits.steps;
    expect(() => tell(draft, { kind: 'message', message: { type: 'cancelled' } })).toThrow(SagaLimitError);
    draft.countedFrom = 1;
    expect(() => tell(draft, { kind: 'message', message: { type: 'cancelled' } })).not.toThrow();
    const long = { kind: 'message', message: { type: 'noted', text: 'x'.repeat(70_000) } } as const;
    expect(() => tell(draftOf(), long)).toThrow(SagaLimitError);
  });
});
