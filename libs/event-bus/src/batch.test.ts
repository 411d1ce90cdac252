import { describe, expect, test } from '@jest/globals';
import { recordedBus, virtualTime } from '@marquee/testkit';
import type { DomainEvent } from '@marquee/contracts';
import { published, scanned } from './events.test-support.ts';
import type { Interceptor } from './index.ts';

describe('a batch', () => {
  test('is handed over when it is full, or when its first event has waited long enough', async () => {
    const time = virtualTime();
    const bus = recordedBus({ timers: time.timers });
    const batches: number[] = [];
    bus.subscribeBatches('*', (events) => void batches.push(events.length), {
      name: 'batches',
      maxSize: 3,
      maxDelayMs: 100,
    });
    for (let count = 0; count < 3; count += 1) await bus.tell(published());
    await time.advance(0);
    expect(batches).toEqual([3]);
    expect(time.pending).toBe(0);

    await bus.tell(published());
    await time.advance(60);
    await bus.tell(published());
    await time.advance(39);
    expect(batches).toEqual([3]);
    await time.advance(1);
    expect(batches).toEqual([3, 2]);
  });

  test('does not make an event wait longer because others went before it', async () => {
    const time = virtualTime();
    const bus = recordedBus({ timers: time.timers });
    const batches: number[] = [];
    const settings = { name: 'batches', maxSize: 2, maxDelayMs: 100 };
    bus.subscribeBatches('*', (events) => void batches.push(events.length), settings);
    await bus.tell(published());
    await time.advance(50);
    await bus.tell(published());
    await bus.tell(published());
    await time.advance(99);
    expect(batches).toEqual([2]);
    await time.advance(1);
    expect(batches).toEqual([2, 1]);
  });

  test('is handed over in part when the bus is drained or the queue is full', async () => {
    const time = virtualTime();
    const bus = recordedBus({ timers: time.timers });
    const batches: number[] = [];
    const settings = { name: 'batches', maxSize: 100, maxDelayMs: 60_000, capacity: 5 };
    bus.subscribeBatches('*', (events) => void batches.push(events.length), settings);
    for (let count = 0; count < 7; count += 1) await bus.tell(published());
    await bus.drain();
    expect(batches).toEqual([5, 2]);
  });

  test('that fails is one fault of all its events', async () => {
    const bus = recordedBus();
    const fail = () => Promise.reject(new Error('no'));
    bus.subscribeBatches('*', fail, { name: 'batches', maxSize: 2, maxDelayMs: 1 });
    const events = [await bus.tell(published()), await bus.tell(published())];
    await bus.drain();
    expect(bus.faults).toEqual([{ subscription: 'batches', events, error: new Error('no') }]);
    expect(bus.status()[0]).toMatchObject({ failed: 2, handled: 0 });
  });

  test('goes through the interceptors event by event: one may change, one may turn back, one may fail', async () => {
    const bus = recordedBus();
    const ended: (string | null)[] = [];
    const picky: Interceptor<DomainEvent> = async (event, next) => {
      const { data } = event as DomainEvent<'tickets.ticket-scanned.v1'>;
      if (data.reason === 'dull') return;
      if (data.reason === 'bad') throw new Error('bad');
      await next({ ...event, data: { ...data, reason: `${data.reason}!` } } as DomainEvent);
      ended.push(data.reason);
    };
    const batches: (string | null)[][] = [];
    bus.subscribeBatches(
      'tickets.ticket-scanned.v1',
      (events) => {
        expect(ended).toEqual([]);
        batches.push(events.map(({ data }) => data.reason));
      },
      { name: 'batches', maxSize: 4, maxDelayMs: 60_000, interceptors: [picky] },
    );
    for (const reason of ['one', 'dull', 'bad', 'two']) await bus.tell(scanned(reason));
    await bus.drain();
    expect(batches).toEqual([['one!', 'two!']]);
    expect(ended.toSorted()).toEqual(['one', 'two']);
    expect(bus.faults.map(({ events, error }) => [events.length, error])).toEqual([[1, new Error('bad')]]);
  });
});
