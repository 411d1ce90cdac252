import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { newUuid } from '@marquee/kernel';
import { Agent, request } from 'undici';
import { percentile } from '../client/statistics.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { withLogWorld, type LogWorld } from './log-world.ts';
import { eventOf, openHub, startReceiver, type BenchHub, type Receiver } from './webhooks-world.ts';

const endpoints = 20;
const perSecond = 1_000;
const everyMs = 10;

/**
 * Deliveries with every attempt logged and durable, beside a loop that signs and sends and writes nothing down. The
 * receiver is a process of its own on the same machine; PostgreSQL too.
 */
export const webhooksBench: Bench = {
  name: 'webhooks',
  summary: 'signed deliveries with a log; beside a bare loop of fetch and HMAC without one',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const receiver = await startReceiver();
  const opened = await openHub(world);
  const hub = await measuresOf(opened, receiver);
  try {
    const total = options.quick ? 2_000 : 30_000;
    const forMs = options.quick ? 2_000 : 15_000;
    const all = { 'deliveries a second': units.operationsPerSecond };
    const paced = { p50: units.milliseconds, p99: units.milliseconds };
    const bare = bareLoop(receiver);
    const besideTrouble = (name: string, troubles: readonly string[]) =>
      withNeighbours(opened, receiver, options.quick, (beside) =>
        compare(`beside ${name}`, paced, beside(troubles), beside(troubles.map(() => '/well')), {
          ...options,
          runs: options.quick ? 1 : options.runs * windowsOfRun,
        }),
      );
    return [
      ...(await compare('all at once', all, hub.drain(total), bare.drain(total), options)),
      ...(await compare(`${perSecond}/s`, paced, hub.paced(forMs), bare.paced(forMs), options)),
      ...(await besideTrouble('1 that hangs', ['/hangs'])),
      ...(await besideTrouble('1 that drips, 1 that stalls', ['/drips', '/hangs'])),
    ];
  } finally {
    await opened.close();
    receiver.stop();
  }
}

type Measures = {
  drain(total: number): Contender<'deliveries a second'>;
  paced(forMs: number): Contender<'p50' | 'p99'>;
};

const peerName = 'fetch + HMAC, no log';

async function untilReceived(receiver: Receiver, total: number): Promise<number[]> {
  while ((await receiver.count()) < total) await delay(5);
  return receiver.take();
}

const figures = (agesMs: readonly number[]) => ({
  p50: percentile(agesMs, 0.5),
  p99: percentile(agesMs, 0.99),
});

/** Calls back in even time; answers how often. */
async function pace(forMs: number, everyMs: number, send: () => unknown): Promise<number> {
  const began = performance.now();
  let sent = 0;
  for (; sent < forMs / everyMs; sent++) {
    send();
    await delay(Math.max(0, began + (sent + 1) * everyMs - performance.now()));
  }
  return sent;
}

function bareLoop(receiver: Receiver): Measures {
  const agent = new Agent({ connections: 128, pipelining: 1 });
  const key = createSecretKey(randomBytes(32));
  const post = async () => {
    const body = JSON.stringify({ time: new Date().toISOString(), data: eventOf('').data });
    const [id, timestamp] = [newUuid(), String(Math.floor(Date.now() / 1000))];
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const answer = await request(receiver.url, { dispatcher: agent, method: 'POST', headers, body });
    await answer.body.dump();
  };
  return {
    drain: (total) => ({
      name: peerName,
      measure: async () => {
        const began = performance.now();
        let left = total;
        const loop = async () => {
          while (left-- > 0) await post();
        };
        await Promise.all(Array.from({ length: 128 }, loop));
        const perSecondReached = total / ((performance.now() - began) / 1000);
        await receiver.take();
        return { 'deliveries a second': perSecondReached };
      },
    }),
    paced: (forMs) => ({
      name: peerName,
      measure: async () => {
        const each = perSecond / 100;
        const rounds = await pace(forMs, everyMs, () => void Promise.all(Array.from({ length: each }, post)));
        return figures(await untilReceived(receiver, rounds * each));
      },
    }),
  };
}

/** With as many endpoints as an organisation may have use for. */
async function measuresOf({ addEndpoints, start, publish }: BenchHub, receiver: Receiver): Promise<Measures> {
  const at = (count: number) => Array.from({ length: count }, () => `${receiver.url}/`);
  const drained = await addEndpoints(at(endpoints));
  const paced = await addEndpoints(at(perSecond / 100));
  return {
    drain: (total) => ({
      name: 'marquee',
      measure: async () => {
        for (let left = total / endpoints; left > 0; left -= 500) await publish(drained, Math.min(left, 500));
        const began = performance.now();
        const engine = start();
        await untilReceived(receiver, total);
        await engine.stop();
        return { 'deliveries a second': total / ((performance.now() - began) / 1000) };
      },
    }),
    paced: (forMs) => ({
      name: 'marquee',
      measure: async () => {
        const engine = start();
        const rounds = await pace(forMs, everyMs, () => void publish(paced, 1).then(() => engine.wake()));
        const agesMs = await untilReceived(receiver, rounds * (perSecond / 100));
        await engine.stop();
        return figures(agesMs);
      },
    }),
  };
}

const [organisations, ofEach] = [10, 10];
const windowsOfRun = 3;

type Beside = (paths: readonly string[]) => Contender<'p50' | 'p99'>;

/**
 * What those get who take what they are sent, among a hundred endpoints of ten organisations, of which some (not counted)
 * are at other paths: in trouble, or well. One engine runs through all windows of both, which are short and take turns,
 * so that a checkpoint or a collection of garbage meets both alike; each begins with a second that is not measured, in
 * which connections are made. The deadline is short, so that all of the trouble is within a window: attempts that hang,
 * as many as may, for most of it, then their end all at once, and the opening of the breaker.
 */
async function withNeighbours<T>(
  { addEndpoints, forgetEndpoints, start, publish }: BenchHub,
  receiver: Receiver,
  quick: boolean,
  work: (beside: Beside) => Promise<T>,
): Promise<T> {
  const at = (path: string) => receiver.url + path;
  const healthy = (count: number) => Array.from({ length: count }, () => at('/'));
  const neighbours: string[] = [];
  while (neighbours.length < organisations - 1) neighbours.push(await addEndpoints(healthy(ofEach)));
  const [warmUpMs, forMs] = quick ? [200, 1_000] : [1_000, 6_000];
  const engine = start({ deadlineMs: forMs });
  const beside: Beside = (paths) => {
    const isWell = paths.every((path) => path === '/well');
    const counted = organisations * ofEach - paths.length;
    const measure = async () => {
      const own = await addEndpoints([...healthy(ofEach - paths.length), ...paths.map(at)]);
      const all = [...neighbours, own];
      let turn = 0;
      const send = async (sendForMs: number) => {
        const rounds = await pace(
          sendForMs,
          everyMs,
          () => void publish(all[turn++ % organisations]!, 1).then(() => engine.wake()),
        );
        return untilReceived(receiver, (rounds / organisations) * counted);
      };
      await send(warmUpMs);
      const agesMs = await send(forMs);
      await forgetEndpoints(own);
      await receiver.hangUp();
      return figures(agesMs);
    };
    return { name: isWell ? 'beside healthy ones' : 'marquee', measure };
  };
  try {
    return await work(beside);
  } finally {
    const stopped = engine.stop();
    await receiver.hangUp();
    await stopped;
    for (const each of neighbours) await forgetEndpoints(each);
  }
}
