import { afterEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import type { ExecutionResult } from 'graphql';
import type { Question } from './room.ts';
import { createRooms, type Rooms } from './rooms.ts';

const organisationId = newUuid();
const watched = newUuid();
const quick = { pauseMs: 5, settlesInMs: 20, spreadMs: 5 };

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

/** A question whose answers a test decides. */
function questionOf(changes: Partial<Question> = {}) {
  const state = {
    asked: 0,
    under: 0,
    most: 0,
    answer: async (): Promise<ExecutionResult> => ({ data: { n: 1 } }),
  };
  const question: Question = {
    key: newUuid(),
    organisationId,
    watched,
    ask: async () => {
      state.asked += 1;
      state.under += 1;
      state.most = Math.max(state.most, state.under);
      try {
        return await state.answer();
      } finally {
        state.under -= 1;
      }
    },
    ...changes,
  };
  return { question, state };
}

/** Joins and notes what comes. */
function watch(rooms: Rooms, question: Question, signal = stop.signal): ExecutionResult[] {
  const seen: ExecutionResult[] = [];
  void (async () => {
    for await (const result of rooms.join(question, signal)) seen.push(result);
  })();
  return seen;
}

const change = (...ids: string[]) => ({
  service: 'tickets',
  organisationId,
  ids: { 'tickets.hold-placed.v1': ids },
});
const valuesOf = (seen: readonly ExecutionResult[]) => seen.map(({ data }) => data?.['n']);

describe('a room', () => {
  test('answers at once, and again when what it shows changed', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    const seen = watch(rooms, question);
    await eventually(() => expect(valuesOf(seen)).toEqual([1]));
    state.answer = async () => ({ data: { n: 2 } });
    rooms.changed(change(newUuid()));
    rooms.changed({ ...change(watched), organisationId: newUuid() });
    rooms.changed(change(newUuid(), watched));
    await eventually(() => expect(valuesOf(seen)).toEqual([1, 2]));
  });

  test('asks once for all its members, and passes on only what differs', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    const all = Array.from({ length: 1_000 }, () => watch(rooms, question));
    await eventually(() => expect(all.every((seen) => seen.length === 1)).toBe(true));
    expect(state.asked).toBe(1);
    expect(rooms.count()).toEqual({ rooms: 1, members: 1_000 });
    rooms.changed(change(watched));
    await eventually(() => expect(state.asked).toBeGreaterThan(1));
    expect(all.every((seen) => seen.length === 1)).toBe(true);
    state.answer = async () => ({ data: { n: 2 } });
    rooms.changed(change(watched));
    await eventually(() => expect(all.every((seen) => seen.length === 2)).toBe(true));
    expect(state.most).toBe(1);
  });

  test('a storm of changes costs a question a pause, and ends with the last state', async () => {
    const rooms = createRooms({ ...quick, pauseMs: 50 });
    const { question, state } = questionOf();
    let n = 0;
    state.answer = async () => ({ data: { n } });
    const seen = watch(rooms, question);
    await eventually(() => expect(seen).toHaveLength(1));
    for (n = 1; n < 2_000; n += 1) rooms.changed(change(watched));
    await eventually(() => expect(valuesOf(seen).at(-1)).toBe(2_000));
    expect(state.asked).toBeLessThan(20);
  });

  test('an answer that was asked for before a change does not have the last word', async () => {
    const rooms = createRooms({ ...quick, settlesInMs: 1 });
    const { question, state } = questionOf();
    let release = (): void => undefined;
    state.answer = () => new Promise((resolve) => (release = () => resolve({ data: { n: 'old' } })));
    const seen = watch(rooms, question);
    await eventually(() => expect(state.under).toBe(1));
    rooms.changed(change(watched));
    state.answer = async () => ({ data: { n: 'new' } });
    release();
    await eventually(() => expect(valuesOf(seen).at(-1)).toBe('new'));
    expect(state.most).toBe(1);
  });

  test('a fault that passes is not shown to who has an answer, and is asked again', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    const seen = watch(rooms, question);
    await eventually(() => expect(seen).toHaveLength(1));
    const down = { message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };
    state.answer = async () => ({ data: null, errors: [down] }) as unknown as ExecutionResult;
    rooms.changed(change(watched));
    await eventually(() => expect(state.asked).toBeGreaterThan(1));
    state.answer = async () => ({ data: { n: 3 } });
    await eventually(() => expect(valuesOf(seen)).toEqual([1, 3]));
  });

  test('is asked for again after a gap, at too many changes to list, and as time goes by', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    const timed = questionOf({ watched: null, everyMs: 10 });
    watch(rooms, question);
    watch(rooms, timed.question);
    await eventually(() => expect(state.asked).toBe(1));
    rooms.missed();
    await eventually(() => expect(state.asked).toBeGreaterThan(1));
    const { asked } = state;
    rooms.changed({ service: 'tickets', organisationId, ids: { any: '*' } });
    await eventually(() => expect(state.asked).toBeGreaterThan(asked));
    await eventually(() => expect(timed.state.asked).toBeGreaterThan(3));
  });

  test('is gone with its last member', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    const iterator = rooms.join(question, stop.signal);
    expect((await iterator.next()).done).toBe(false);
    await iterator.return();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    const gone = new AbortController();
    watch(rooms, question, gone.signal);
    gone.abort();
    await eventually(() => expect(rooms.count()).toEqual({ rooms: 0, members: 0 }));
    const { asked } = state;
    rooms.changed(change(watched));
    rooms.missed();
    expect(state.asked).toBe(asked);
  });

  test('who reads slowly gets the latest answer, not every one', async () => {
    const rooms = createRooms(quick);
    const { question, state } = questionOf();
    let n = 0;
    state.answer = async () => ({ data: { n: (n += 1) } });
    const slow = rooms.join(question, stop.signal);
    const quickOne = watch(rooms, question);
    for (let time = 1; time <= 5; time += 1) {
      rooms.changed(change(watched));
      await eventually(() => expect(quickOne.length).toBeGreaterThan(time));
    }
    const first = await slow.next();
    expect((first.value as ExecutionResult).data?.['n']).toBeGreaterThan(4);
  });

  test('many rooms do not ask all at once', async () => {
    const rooms = createRooms({ ...quick, concurrency: 3 });
    let under = 0;
    let most = 0;
    const ask = async () => {
      most = Math.max(most, (under += 1));
      await new Promise(setImmediate);
      under -= 1;
      return { data: { n: 1 } };
    };
    const all = Array.from({ length: 30 }, () => watch(rooms, { ...questionOf().question, ask }));
    await eventually(() => expect(all.every((seen) => seen.length === 1)).toBe(true));
    expect(most).toBe(3);
  });
});
