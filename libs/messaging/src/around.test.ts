import { describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import type { AnyInterceptor } from '@marquee/event-bus';
import { newUuid } from '@marquee/kernel';
import { aroundAll } from './around.ts';
import { released } from './fixtures/world.ts';

const event = (number: number) =>
  ({ ...released(number), id: newUuid(), streamId: `hold-${number}` }) as DomainEvent;
const events = [event(1), event(2), event(3)];
const numberOf = ({ data }: DomainEvent) => (data as { quantity: number }).quantity;
const numbers = (some: readonly DomainEvent[]) => some.map(numberOf);

describe('interceptors around many events', () => {
  test('stand around one work for all, each around its own event, the first outermost', async () => {
    const said: string[] = [];
    const saying =
      (name: string): AnyInterceptor =>
      async (one, next) => {
        const at = `${name}${(one.data as { quantity: number }).quantity}`;
        said.push(`+${at}`);
        await next();
        said.push(`-${at}`);
      };
    await aroundAll([saying('a'), saying('b')], events, async (all) => {
      said.push(`work ${numbers(all)}`);
    });
    expect(said.slice(0, 6)).toEqual(['+a1', '+b1', '+a2', '+b2', '+a3', '+b3']);
    expect(said[6]).toBe('work 1,2,3');
    expect(said.slice(7).toSorted()).toEqual(['-a1', '-a2', '-a3', '-b1', '-b2', '-b3']);
  });

  test('may change an event, hold it up and leave it out; the order stays', async () => {
    let seen: number[] = [];
    const odd: AnyInterceptor = async (one, next) => {
      const { quantity } = one.data as { quantity: number };
      if (quantity === 2) return;
      if (quantity === 1) await new Promise(setImmediate);
      await next({ ...one, data: { ...(one.data as object), quantity: quantity * 10 } });
    };
    await aroundAll([odd], events, async (all) => void (seen = numbers(all)));
    expect(seen).toEqual([10, 30]);
    await aroundAll([async () => {}], events, async (all) => void (seen = numbers(all)));
    expect(seen).toEqual([]);
  });

  test('that throw keep the work from being done, and its fault reaches them', async () => {
    let worked = false;
    const picky: AnyInterceptor = async (one, next) => {
      if ((one.data as { quantity: number }).quantity === 2) throw new Error('not this one');
      await next();
    };
    const work = async () => void (worked = true);
    await expect(aroundAll([picky], events, work)).rejects.toThrow('not this one');
    expect(worked).toBe(false);
    const told: string[] = [];
    const hearing: AnyInterceptor = (_, next) =>
      next().catch((error: Error) => {
        told.push(error.message);
        throw error;
      });
    await expect(aroundAll([hearing], events, () => Promise.reject(new Error('full')))).rejects.toThrow(
      'full',
    );
    expect(told).toEqual(['full', 'full', 'full']);
  });

  test('are not missed where there are none, nor events', async () => {
    let seen: readonly DomainEvent[] | null = null;
    await aroundAll([], events, async (all) => void (seen = all));
    expect(seen).toEqual(events);
    await aroundAll([async () => {}], [], async (all) => void (seen = all));
    expect(seen).toEqual([]);
  });
});
