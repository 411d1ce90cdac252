import { describe, expect, jest, test } from '@jest/globals';
import { recordedBus } from '@marquee/testkit';
import type { DomainEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { door, expired, isSettled, published, scanned } from './events.test-support.ts';
import { createEventBus } from './index.ts';

describe('a subscription', () => {
  test('gets events of its type, of its namespace, of several patterns or all, each once', async () => {
    const bus = recordedBus();
    const seen = {
      type: [] as string[],
      namespace: [] as string[],
      several: [] as string[],
      all: [] as string[],
    };
    bus.subscribe('events.event-published.v1', ({ type }) => void seen.type.push(type), { name: 'type' });
    bus.subscribe('tickets.*', ({ type }) => void seen.namespace.push(type), { name: 'namespace' });
    bus.subscribe(
      ['tickets.hold-*', 'tickets.*', 'events.event-published.v1'],
      (e) => void seen.several.push(e.type),
      {
        name: 'several',
      },
    );
    bus.subscribe('*', ({ type }) => void seen.all.push(type), { name: 'all' });
    await bus.tell(published());
    await bus.tell(expired());
    await bus.drain();
    expect(seen.type).toEqual(['events.event-published.v1']);
    expect(seen.namespace).toEqual(['tickets.hold-expired.v1']);
    expect(seen.several).toEqual(['events.event-published.v1', 'tickets.hold-expired.v1']);
    expect(seen.all).toEqual(seen.several);
    expect(bus.of('tickets.hold-expired.v1')).toHaveLength(1);
  });

  test('knows the data of what it subscribed to, and a pattern that stands for nothing does not compile', () => {
    const bus = recordedBus();
    const other = async () => {
      bus.subscribe('events.event-published.v1', ({ data }) => void data.eventId.length, { name: 'a' });
      // @ts-expect-error -- no such field
      bus.subscribe('events.event-published.v1', ({ data }) => void data.venueId, { name: 'b' });
      // @ts-expect-error -- no such event
      bus.subscribe('events.event-forgotten.v1', () => undefined, { name: 'c' });
      // @ts-expect-error -- no such namespace
      bus.subscribe(['tickets.*', 'tockets.*'], () => undefined, { name: 'd' });
      // @ts-expect-error -- not an event
      await bus.publish({ type: 'events.event-published.v1', data: {} });
    };
    expect(other).toBeInstanceOf(Function);
    expect(() => bus.subscribe('tockets.*' as '*', () => undefined, { name: 'e' })).toThrow(
      'no event matches tockets.*',
    );
  });

  test('handles one event after the other, in the order of publication', async () => {
    const bus = recordedBus();
    const log: string[] = [];
    bus.subscribe(
      'tickets.ticket-scanned.v1',
      async ({ data }) => {
        log.push(`${data.reason} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${data.reason} ends`);
      },
      { name: 'one' },
    );
    await bus.tell(scanned('1'));
    await bus.tell(scanned('2'));
    await bus.drain();
    expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  });

  test('handles as many at once as it says, and no more', async () => {
    const bus = recordedBus();
    const { opened, open } = door();
    let [running, most] = [0, 0];
    const handler = async () => {
      most = Math.max(most, ++running);
      await opened;
      running -= 1;
    };
    const subscription = bus.subscribe('*', handler, { name: 'many', concurrency: 3 });
    for (let count = 0; count < 10; count += 1) await bus.tell(published());
    expect(await isSettled(bus.drain())).toBe(false);
    expect(subscription.status()).toMatchObject({ running: 3, queued: 7 });
    open();
    await bus.drain();
    expect(most).toBe(3);
    expect(subscription.status()).toMatchObject({ handled: 10, running: 0, queued: 0 });
  });

  test('that fails is told of and goes on, and the others do not notice', async () => {
    const bus = recordedBus();
    const seen: string[] = [];
    bus.subscribe(
      'tickets.ticket-scanned.v1',
      ({ data }) => {
        if (data.reason === 'bad') throw new Error('no');
        seen.push(`first ${data.reason}`);
      },
      { name: 'first' },
    );
    bus.subscribe('tickets.*', ({ type }) => void seen.push(type), { name: 'second' });
    const bad = await bus.tell(scanned('bad'));
    await bus.tell(scanned('good'));
    await bus.drain();
    expect(seen.toSorted()).toEqual(['first good', 'tickets.ticket-scanned.v1', 'tickets.ticket-scanned.v1']);
    expect(bus.faults).toEqual([{ subscription: 'first', events: [bad], error: new Error('no') }]);
    expect(bus.status().map(({ handled, failed }) => [handled, failed])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test('is ended by leaving its scope, after what is in its queue', async () => {
    const bus = recordedBus();
    const seen: DomainEvent[] = [];
    {
      await using _subscription = bus.subscribe('*', (event) => void seen.push(event), { name: 'scoped' });
      await bus.tell(published());
      await bus.tell(published());
    }
    expect(seen).toHaveLength(2);
    await bus.tell(published());
    await bus.drain();
    expect(seen).toHaveLength(2);
    expect(bus.status()).toEqual([]);
  });

  test('whose reporter of faults fails too goes on', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const bus = createEventBus({
      onFault: () => {
        throw new Error('reporter is broken');
      },
    });
    let calls = 0;
    const handler = () => {
      calls += 1;
      throw new Error('no');
    };
    bus.subscribe('*', handler, { name: 'x' });
    const event = { ...published(), id: newUuid() } as unknown as DomainEvent;
    await bus.publish(event);
    await bus.publish(event);
    await bus.drain();
    expect(calls).toBe(2);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('reporter is broken'));
    warn.mockRestore();
  });
});

describe('a full queue', () => {
  /** A subscription that handles nothing until the door opens, with one event in its handler. */
  async function stuck(overflow: 'wait' | 'drop-oldest' | 'refuse', capacity = 2) {
    const bus = recordedBus();
    const { opened, open } = door();
    const seen: (string | null)[] = [];
    const subscription = bus.subscribe(
      'tickets.ticket-scanned.v1',
      async ({ data }) => {
        await opened;
        seen.push(data.reason);
      },
      { name: 'stuck', capacity, overflow },
    );
    await bus.tell(scanned('0'));
    await isSettled(opened);
    return { bus, open, seen, subscription };
  }

  test('lets its publisher wait, and takes those who wait in their order', async () => {
    const { bus, open, seen, subscription } = await stuck('wait');
    await bus.tell(scanned('1'));
    await bus.tell(scanned('2'));
    const late = [bus.tell(scanned('3')), bus.tell(scanned('4'))];
    expect(await isSettled(Promise.race(late))).toBe(false);
    expect(subscription.status()).toMatchObject({ queued: 2, waiting: 2, running: 1 });
    open();
    await Promise.all(late);
    await bus.drain();
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
  });

  test('lets a publisher go that will not wait any longer', async () => {
    const { bus, open, seen } = await stuck('wait', 1);
    await bus.tell(scanned('1'));
    const leaving = new AbortController();
    const event = { ...(await bus.tell(published())), ...scanned('2') } as unknown as DomainEvent;
    const waiting = bus.publish(event, { signal: leaving.signal });
    leaving.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(bus.publish(event, { signal: leaving.signal })).rejects.toThrow('enough');
    open();
    await bus.drain();
    expect(seen).toEqual(['0', '1']);
  });

  test('loses its oldest event where it may', async () => {
    const { bus, open, seen, subscription } = await stuck('drop-oldest');
    for (const reason of ['1', '2', '3', '4']) await bus.tell(scanned(reason));
    open();
    await bus.drain();
    expect(seen).toEqual(['0', '3', '4']);
    expect(subscription.status().dropped).toBe(2);
  });

  test('refuses, and then nobody gets the event', async () => {
    const { bus, open, seen } = await stuck('refuse');
    const others: string[] = [];
    bus.subscribe('*', ({ id }) => void others.push(id), { name: 'other' });
    await bus.tell(scanned('1'));
    await bus.tell(scanned('2'));
    await expect(bus.tell(scanned('3'))).rejects.toMatchObject({ code: 'QUEUE_FULL', subscription: 'stuck' });
    open();
    await bus.drain();
    expect(seen).toEqual(['0', '1', '2']);
    expect(others).toHaveLength(2);
  });

  test('does not wait for itself for ever', async () => {
    const bus = recordedBus();
    let calls = 0;
    const handler = async () => {
      if (++calls > 1) return;
      await bus.tell(published());
      await bus.tell(published());
    };
    bus.subscribe('events.event-published.v1', handler, { name: 'echo', capacity: 1 });
    await bus.tell(published());
    await bus.drain();
    expect(bus.faults[0]?.error).toMatchObject({ code: 'QUEUE_FULL' });
  });

  test('holds neither nothing nor everything', () => {
    const bus = recordedBus();
    expect(() => bus.subscribe('*', () => undefined, { name: 'x', capacity: 0 })).toThrow('no queue holds 0');
    expect(() => bus.subscribe('*', () => undefined, { name: 'x', concurrency: 0 })).toThrow('concurrency');
  });
});

describe('the end of a bus', () => {
  test('lets what was published be handled, and what that publishes, and takes nothing new', async () => {
    const bus = recordedBus();
    const seen: string[] = [];
    const other = bus;
    bus.subscribe('events.event-published.v1', async () => void (await other.tell(expired())), {
      name: 'chain',
    });
    bus.subscribe('tickets.*', ({ type }) => void seen.push(type), { name: 'end' });
    await bus.tell(published());
    await bus.close();
    expect(seen).toEqual(['tickets.hold-expired.v1']);
    expect(bus.faults).toEqual([]);
    await expect(bus.tell(published())).rejects.toMatchObject({ code: 'BUS_CLOSED' });
    expect(() => bus.subscribe('*', () => undefined, { name: 'late' })).toThrow('closed');
  });
});
