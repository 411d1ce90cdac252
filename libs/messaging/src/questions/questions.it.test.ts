import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { defineQuestion } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { createMetrics, currentCorrelation, runWithCorrelation, silentLogger } from '@marquee/telemetry';
import { eventually, testNats } from '@marquee/testkit';
import { connect as natsConnect } from 'nats';
import { Type } from 'typebox';
import {
  answerIfAny,
  connectMessaging,
  isQuestionUnavailable,
  type AskedBy,
  type Messaging,
} from '../index.ts';

const double = defineQuestion({
  name: 'tickets.double.v1',
  description: 'Twice the number?',
  request: Type.Object({ number: Type.Integer() }),
  answer: Type.Object({ number: Type.Integer() }),
});
const organisationId = newUuid();
const internalSecret = 'a-secret-of-at-least-thirty-two-characters';

let nats: { readonly url: string; readonly namespace: string };
let metrics = createMetrics();
let connected: Messaging[] = [];
let tickets: Messaging;
let venues: Messaging;
let breakersOff: string | undefined;

const connect = async (service: string, secret = internalSecret) => {
  const messaging = await connectMessaging({
    ...nats,
    service,
    internalSecret: secret,
    isBreakerOn: (name) => name !== breakersOff,
    logger: silentLogger,
    metrics,
  });
  connected.push(messaging);
  await eventually(() => messaging.ready());
  return messaging;
};

beforeEach(async () => {
  nats = await testNats();
  metrics = createMetrics();
  connected = [];
  [tickets, venues] = [await connect('tickets'), await connect('venues')];
});

afterEach(async () => {
  await Promise.all(connected.map((messaging) => messaging.drain()));
});

const ask = (number: number, timeoutMs = 20_000, asking = venues) =>
  asking.ask(double, { number }, { organisationId, timeoutMs });

/** Until the server knows the answering side: a question asked before finds nobody. */
const answered = () => eventually(async () => expect(await ask(1)).toEqual({ number: 2 }));

/** Until the server knows the answering side, without asking its handler: what is not signed is refused before. */
async function listening(): Promise<void> {
  const bare = await natsConnect({ servers: nats.url });
  const subject = `${nats.namespace}._ask.${double.name}`;
  await eventually(async () =>
    expect((await bare.request(subject, '', { timeout: 20_000 })).string()).toBe('null'),
  );
  await bare.close();
}

/** A handler that answers when told to, and how many it has in hand. */
function held() {
  const open: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    open,
    signals,
    handler: async ({ number }: { number: number }, { signal }: AskedBy) => {
      signals.push(signal);
      await new Promise<void>((resolve) => open.push(resolve));
      return { number: number * 2 };
    },
  };
}

describe('a question', () => {
  test('is answered by the other service, which knows who asks, for which organisation and why', async () => {
    const heard: unknown[] = [];
    tickets.answer(double, async ({ number }, { organisationId: of, asker }) => {
      heard.push([of, asker, currentCorrelation()]);
      return { number: number * 2 };
    });
    await answered();
    heard.length = 0;
    const correlation = {
      correlationId: 'door-7',
      actor: 'acc_müller',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    expect(await runWithCorrelation(correlation, () => ask(21))).toEqual({ number: 42 });
    expect(heard).toEqual([[organisationId, 'venues', correlation]]);
    expect(metrics.text()).toMatch(
      /marquee_questions_asked_total{outcome="ok",question="tickets.double.v1"} \d/,
    );
    expect(metrics.text()).toMatch(
      /marquee_questions_answered_total{outcome="ok",question="tickets.double.v1"} \d/,
    );
  });

  test('is asked of one of several processes', async () => {
    const heard = [0, 0];
    const second = await connect('tickets');
    for (const [place, process] of [tickets, second].entries()) {
      process.answer(double, async ({ number }) => {
        heard[place]! += 1;
        return { number: number * 2 };
      });
    }
    await eventually(async () => {
      await ask(1);
      expect(Math.min(...heard)).toBeGreaterThan(0);
    });
    heard.fill(0);
    await Promise.all(Array.from({ length: 40 }, (_, number) => ask(number)));
    expect(heard[0]! + heard[1]!).toBe(40);
  });

  test('that does not fit is refused before it leaves, with the place', async () => {
    await expect(ask('seven' as never)).rejects.toMatchObject({
      name: 'QuestionRefusedError',
      code: 'INVALID_REQUEST',
      faults: [{ path: '/number' }],
    });
  });

  test('that fits here and not there is refused there', async () => {
    const strict = { ...double, request: Type.Object({ number: Type.Integer({ maximum: 9 }) }) };
    tickets.answer(strict, async ({ number }) => ({ number: number * 2 }));
    await answered();
    await expect(ask(10)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      faults: [{ path: '/number' }],
    });
  });

  test('nobody listens to is told so soon, and not after the deadline', async () => {
    await expect(ask(1, 30_000)).rejects.toMatchObject({
      name: 'QuestionUnavailableError',
      code: 'NO_RESPONDERS',
    });
  });

  test('waits no longer than its deadline, which the answering side hears of', async () => {
    const slow = held();
    tickets.answer(double, slow.handler);
    await eventually(async () => {
      await expect(ask(1, 50)).rejects.toMatchObject({ code: 'TIMEOUT' });
    });
    const fault = await ask(1, 50).catch((error: unknown) => error);
    expect(isQuestionUnavailable(fault)).toBe(true);
    expect(await answerIfAny(ask(1, 50))).toBeNull();
    await expect(answerIfAny(Promise.reject(new Error('another fault')))).rejects.toThrow('another fault');
    await eventually(() => expect(slow.signals.at(-1)?.aborted).toBe(true));
    slow.open.forEach((end) => end());
    await eventually(() => expect(metrics.text()).toContain('outcome="late"'));
  });

  test('asked while answering another gets only what is left of that one’s time', async () => {
    const inner = held();
    tickets.answer(double, inner.handler);
    const outer = { ...double, name: 'venues.double.v1' };
    const heard: unknown[] = [];
    venues.answer(outer, async ({ number }) => {
      await ask(number, 30_000).catch((error: unknown) => heard.push(error));
      return { number };
    });
    await eventually(async () => {
      const asking = tickets.ask(outer, { number: 1 }, { organisationId, timeoutMs: 100 });
      await expect(asking).rejects.toMatchObject({ code: 'TIMEOUT' });
      expect(heard.at(-1)).toMatchObject({ code: 'TIMEOUT' });
    });
    inner.open.forEach((end) => end());
  });

  test('beyond what is answered at once is refused at once, and the next one is welcome again', async () => {
    const slow = held();
    tickets.answer(double, slow.handler, { maxInFlight: 2 });
    await listening();
    const first = [ask(1), ask(2)];
    await eventually(() => expect(slow.open).toHaveLength(2));
    await expect(ask(3)).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(metrics.text()).toContain(
      'marquee_questions_open{question="tickets.double.v1",side="answered"} 2',
    );
    slow.open.forEach((end) => end());
    expect(await Promise.all(first)).toEqual([{ number: 2 }, { number: 4 }]);
    const third = ask(3);
    await eventually(() => expect(slow.open).toHaveLength(3));
    slow.open.forEach((end) => end());
    expect(await third).toEqual({ number: 6 });
  });

  test('is not asked any more once too many went unanswered, but while its breaker is switched off', async () => {
    tickets.answer(double, async () => Promise.reject(new Error('the seats are gone')));
    await eventually(() => expect(ask(1)).rejects.toMatchObject({ code: 'FAILED' }));
    await eventually(() => expect(ask(1)).rejects.toMatchObject({ code: 'BREAKER_OPEN' }));
    breakersOff = 'tickets questions';
    await expect(ask(1)).rejects.toMatchObject({ code: 'FAILED' });
    breakersOff = undefined;
    await expect(ask(1)).rejects.toMatchObject({ code: 'BREAKER_OPEN' });
  });

  test('is given up when its caller goes away', async () => {
    const slow = held();
    tickets.answer(double, slow.handler);
    await listening();
    const caller = new AbortController();
    const asking = venues.ask(
      double,
      { number: 1 },
      { organisationId, signal: caller.signal, timeoutMs: 20_000 },
    );
    caller.abort(new Error('the browser is closed'));
    await expect(asking).rejects.toThrow('the browser is closed');
    slow.open.forEach((end) => end());
  });
});

describe('an answer', () => {
  test('that does not fit is not given', async () => {
    tickets.answer(double, async () => ({ number: 'many' }) as never);
    await eventually(() => expect(ask(1)).rejects.toMatchObject({ code: 'FAILED' }));
  });

  test('that fits there and not here is told from none', async () => {
    const loose = defineQuestion({ ...double, answer: Type.Object({ number: Type.Any() }) });
    tickets.answer(loose, async () => ({ number: 'many' }));
    await eventually(() => expect(ask(1)).rejects.toMatchObject({ code: 'INVALID_ANSWER' }));
  });

  test('too large to be sent fails at once', async () => {
    const echo = defineQuestion({ ...double, answer: Type.Object({ text: Type.String() }) });
    tickets.answer(echo, async () => ({ text: 'x'.repeat(5 * 1024 * 1024) }));
    const asking = () => venues.ask(echo, { number: 1 }, { organisationId, timeoutMs: 20_000 });
    await eventually(() => expect(asking()).rejects.toMatchObject({ code: 'FAILED' }));
  });

  test('is given before a drain ends, and none after', async () => {
    const slow = held();
    tickets.answer(double, slow.handler);
    await listening();
    const asking = ask(4);
    await eventually(() => expect(slow.open).toHaveLength(1));
    const drained = tickets.drain();
    // One that comes while the server is being told is still taken.
    await eventually(() => expect(ask(5, 200)).rejects.toMatchObject({ code: 'NO_RESPONDERS' }));
    slow.open.forEach((end) => end());
    expect(await asking).toEqual({ number: 8 });
    await drained;
    expect(() => tickets.answer(double, slow.handler)).toThrow('draining');
  });
});

describe('a stranger', () => {
  test('with another secret is refused, and cannot answer either', async () => {
    const stranger = await connect('venues', 'another-secret-of-thirty-two-characters!');
    tickets.answer(double, async ({ number }) => ({ number: number * 2 }));
    await answered();
    await expect(ask(1, 20_000, stranger)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await tickets.drain();
    const impostor = await connect('tickets', 'another-secret-of-thirty-two-characters!');
    impostor.answer(double, async () => ({ number: 666 }));
    await eventually(() => expect(ask(1)).rejects.toMatchObject({ code: 'FORBIDDEN' }));
  });

  test('without any headers gets no content', async () => {
    let heard = 0;
    tickets.answer(double, async ({ number }) => {
      heard += 1;
      return { number: number * 2 };
    });
    await answered();
    heard = 0;
    const bare = await natsConnect({ servers: nats.url });
    const reply = await bare.request(`${nats.namespace}._ask.tickets.double.v1`, '{"number":1}', {
      timeout: 20_000,
    });
    expect([reply.string(), reply.headers?.get('Marquee-Status'), heard]).toEqual(['null', 'FORBIDDEN', 0]);
    await bare.close();
  });
});

test('what cannot be meant is refused', async () => {
  const handler = async ({ number }: { number: number }) => ({ number });
  expect(() => venues.answer(double, handler)).toThrow('is not a question to venues');
  expect(() => tickets.answer(double, handler, { maxInFlight: 0 })).toThrow('must be 1 to 1000');
  tickets.answer(double, handler);
  expect(() => tickets.answer(double, handler)).toThrow('is answered already');
  const bare = await connectMessaging({ ...nats, service: 'bare', logger: silentLogger });
  connected.push(bare);
  await expect(ask(1, 100, bare)).rejects.toThrow('only with an internalSecret');
  const lost = await connectMessaging({
    url: 'nats://127.0.0.1:9',
    service: 'venues',
    internalSecret,
    logger: silentLogger,
  });
  connected.push(lost);
  await expect(ask(1, 100, lost)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
});
