import { describe, expect, test } from '@jest/globals';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { createMetrics, currentCorrelation } from '@marquee/telemetry';
import { recordedBus } from '@marquee/testkit';
import { compose, intercepted, measuring, tracing, validation, type Interceptor } from './index.ts';

const event: NewEvent<'events.event-published.v1'> = {
  type: 'events.event-published.v1',
  data: { eventId: newUuid() },
};

describe('interceptors', () => {
  const noting =
    (log: string[], name: string): Interceptor<NewEvent> =>
    async (_, next) => {
      log.push(`${name} in`);
      await next();
      log.push(`${name} out`);
    };

  test('stand around what they intercept, the first outermost', async () => {
    const log: string[] = [];
    const chain = compose([noting(log, 'a'), noting(log, 'b')]);
    await chain(event, async () => void log.push('inside'));
    expect(log).toEqual(['a in', 'b in', 'inside', 'b out', 'a out']);
  });

  test('are themselves one interceptor, and none is one too', async () => {
    const log: string[] = [];
    const chain = compose([compose<NewEvent>([]), compose([noting(log, 'a'), compose([noting(log, 'b')])])]);
    await chain(event, async (given) => void log.push(given!.type));
    expect(log).toEqual(['a in', 'b in', event.type, 'b out', 'a out']);
  });

  test('hand on the event, or another in its place', async () => {
    const other = { ...event, data: { eventId: newUuid() } };
    const seen: unknown[] = [];
    const chain = compose<NewEvent>([
      (_, next) => next(other),
      async (given, next) => (seen.push(given), next()),
    ]);
    await chain(event, async (given) => void seen.push(given));
    expect(seen).toEqual([other, other]);
  });

  test('may leave out what they stand around', async () => {
    let reached = false;
    await compose<NewEvent>([async () => undefined])(event, async () => void (reached = true));
    expect(reached).toBe(false);
  });

  test('may see and replace a fault, but not call next twice', async () => {
    const twice: Interceptor<NewEvent> = async (_, next) => {
      await next();
      await next();
    };
    await expect(compose([twice])(event, async () => undefined)).rejects.toThrow('called next() twice');
    const kind: Interceptor<NewEvent> = (_, next) =>
      next().catch((cause: unknown) => Promise.reject(new Error('kinder', { cause })));
    await expect(compose([kind])(event, () => Promise.reject(new Error('harsh')))).rejects.toMatchObject({
      message: 'kinder',
      cause: new Error('harsh'),
    });
  });

  test('go around any handler, with what else it takes', async () => {
    const log: unknown[] = [];
    const handler = async (given: NewEvent, tx: { readonly name: string }) =>
      void log.push(given.type, tx.name);
    await intercepted([noting(log as string[], 'a')], handler)(event, { name: 'transaction' });
    expect(log).toEqual(['a in', event.type, 'transaction', 'a out']);
  });
});

describe('the interceptor', () => {
  test('for validation names the path of the fault', async () => {
    const bus = recordedBus({ publish: [validation()] });
    const wrong = bus.tell({ ...event, data: { eventId: 'seven' } });
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidEventError', paths: ['/eventId'] });
    expect(bus.published).toEqual([]);
    await bus.tell(event);
    expect(bus.published).toHaveLength(1);
  });

  test('for tracing handles an event under the correlation that it carries', async () => {
    const bus = recordedBus({ publish: [tracing('publish')], handle: [tracing('handle')] });
    const seen: unknown[] = [];
    bus.subscribe('*', () => void seen.push(currentCorrelation()), { name: 'x' });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await bus.tell(event, { correlationId: 'c1', actor: 'ada', traceparent });
    await bus.tell(event, { correlationId: 'c2', actor: 'bob' });
    await bus.drain();
    expect(seen).toMatchObject([
      { correlationId: 'c1', actor: 'ada' },
      { correlationId: 'c2', actor: 'bob' },
    ]);
  });

  test('for metrics counts by stage, type and outcome, and measures', async () => {
    const metrics = createMetrics();
    const bus = recordedBus({
      publish: [measuring(metrics, 'publish')],
      handle: [measuring(metrics, 'handle')],
    });
    const refusing = (given: DomainEvent) => {
      if (given.actor === 'bob') throw new Error('no');
    };
    bus.subscribe('*', refusing, { name: 'x' });
    await bus.tell(event);
    await bus.tell(event, { actor: 'bob' });
    await bus.drain();
    const text = metrics.text();
    const type = 'type="events.event-published.v1"';
    expect(text).toContain(`marquee_bus_events_total{outcome="ok",stage="publish",${type}} 2`);
    expect(text).toContain(`marquee_bus_events_total{outcome="ok",stage="handle",${type}} 1`);
    expect(text).toContain(`marquee_bus_events_total{outcome="failed",stage="handle",${type}} 1`);
    expect(text).toContain(`marquee_bus_seconds_count{stage="handle",${type}} 2`);
  });
});
