import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createMetrics } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import {
  ada,
  bob,
  listenSse,
  listenWebSocket,
  openWorld,
  type Ear,
  type World,
} from './stream.test-support.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ heartbeatMs: 200 });
});
afterAll(() => world.close());

const protocols = [
  {
    name: 'server-sent events',
    listen: (organisationId: string, ask: { after?: string; types?: string[] } = {}): Promise<Ear> => {
      const query = [`token=${organisationId}`, ...(ask.types ? [`types=${ask.types.join(',')}`] : [])].join(
        '&',
      );
      return listenSse(`http://${world.host}/?${query}`, ask.after ? { 'last-event-id': ask.after } : {});
    },
  },
  {
    name: 'WebSocket',
    listen: (organisationId: string, ask: { after?: string; types?: string[] } = {}): Promise<Ear> =>
      listenWebSocket(`ws://${world.host}/?token=${organisationId}`, { kind: 'resume', ...ask }),
  },
];

const hello = (ear: Ear) =>
  eventually(() => expect(ear.frames[0]).toMatchObject({ kind: 'hello', heartbeatMs: 200 }));
const positionOf = (ear: Ear) => {
  const last = ear.frames.findLast((frame) => 'position' in frame);
  return last && 'position' in last ? last.position : undefined;
};

describe.each(protocols)('over $name', ({ listen }) => {
  test('a client gets what happens from now on in its organisation, in order, and nothing of another', async () => {
    await world.log(ada, 'before');
    await eventually(async () => {
      const early = await listen(ada, { after: '0.0' });
      await eventually(() => expect(early.titles).toContain('before'));
      early.leave();
    });
    const [ear, other] = [await listen(ada), await listen(bob)];
    await Promise.all([hello(ear), hello(other)]);
    await world.log(ada, 'one', 'two');
    await world.log(bob, 'hers');
    await world.log(ada, 'three');
    await eventually(() => expect(ear.titles.slice(-3)).toEqual(['one', 'two', 'three']));
    await eventually(() => expect(other.titles.slice(-1)).toEqual(['hers']));
    expect(other.titles).not.toContain('one');
    ear.leave();
    other.leave();
  });

  test('a client that comes back gets what it missed, each event once, and goes on live', async () => {
    const organisationId = newUuid();
    const first = await listen(organisationId);
    await hello(first);
    await world.log(organisationId, 'one', 'two');
    await eventually(() => expect(first.titles).toEqual(['one', 'two']));
    const after = positionOf(first)!;
    first.leave();
    await first.ended;
    for (let count = 0; count < 450; count += 150)
      await world.log(organisationId, ...Array.from({ length: 150 }, (_, n) => `missed ${count + n}`));
    const second = await listen(organisationId, { after });
    await hello(second);
    await world.log(organisationId, 'live');
    await eventually(() => expect(second.titles.at(-1)).toBe('live'));
    expect(second.titles).toEqual([...Array.from({ length: 450 }, (_, n) => `missed ${n}`), 'live']);
    second.leave();
  });

  test('a client may take the events of some types, and from the very beginning', async () => {
    const organisationId = newUuid();
    await world.log(organisationId, 'a', 'b');
    const [some, none] = await Promise.all([
      listen(organisationId, { after: '0.0', types: ['events.series-*', 'tickets.*'] }),
      listen(organisationId, { after: '0.0', types: ['tickets.order-paid.v1'] }),
    ]);
    await eventually(() => expect(some.titles).toEqual(['a', 'b']));
    // What is left out moves a client on all the same.
    await eventually(() => expect(positionOf(none)).toBe(positionOf(some)));
    expect(none.titles).toEqual([]);
    some.leave();
    none.leave();
  });

  test('a client hears that nothing happened', async () => {
    const ear = await listen(newUuid());
    await eventually(() =>
      expect(ear.frames.filter(({ kind }) => kind === 'position').length).toBeGreaterThan(1),
    );
    ear.leave();
  });

  test('whatever joins and leaves under writers, nobody misses or sees twice', async () => {
    const organisationId = newUuid();
    const expected = Array.from({ length: 4 }, (_, writer) =>
      Array.from({ length: 50 }, (_, n) => `${writer}-${n}`),
    );
    const writing = Promise.all(
      expected.map(async (titles) => {
        for (const title of titles) await world.log(organisationId, title);
      }),
    );
    const seen: string[] = [];
    let after: string | undefined = '0.0';
    while (seen.length < 200) {
      const ear = await listen(organisationId, { after });
      const target = Math.min(seen.length + 30, 200);
      await eventually(() => expect(seen.length + ear.titles.length).toBeGreaterThanOrEqual(target));
      ear.leave();
      await ear.ended;
      seen.push(...ear.titles);
      after = positionOf(ear) ?? after;
    }
    await writing;
    expect(seen.toSorted()).toEqual(expected.flat().toSorted());
  });
});

describe('a server of events', () => {
  test('admits nobody without permission, and refuses what makes no sense', async () => {
    const get = async (query: string, init: RequestInit = {}) => {
      const response = await fetch(`http://${world.host}/${query}`, init);
      await response.body?.cancel();
      return response.status;
    };
    expect(await get('')).toBe(401);
    expect(await get(`?token=${ada}&after=yesterday`)).toBe(400);
    expect(await get(`?token=${ada}&types=tockets.*`)).toBe(400);
    expect(await get(`?token=${ada}`, { method: 'POST' })).toBe(405);
    const refused = await listenWebSocket(`ws://${world.host}/`);
    expect(await refused.closed).toBe(1006);
    for (const resume of [
      'no JSON',
      '{}',
      '{"kind":"resume","types":["tockets.*"]}',
      '{"kind":"resume","after":"x"}',
    ]) {
      const ear = await listenWebSocket(`ws://${world.host}/?token=${ada}`, resume);
      expect(await ear.closed).toBe(1008);
    }
  });

  test('sends a client only the types it is permitted', async () => {
    const limited = await openWorld({
      authorise: async () => ({ organisationId: ada, types: ['events.event-published.v1'] }),
    });
    try {
      await limited.log(ada, 'secret');
      const ear = await listenSse(`http://${limited.host}/?after=0.0`);
      await eventually(() => expect(positionOf(ear)).not.toBe('0.0'));
      expect(ear.titles).toEqual([]);
      ear.leave();
    } finally {
      await limited.close();
    }
  });

  test('answers 503 where it cannot tell who asks, and where it is full', async () => {
    let failing = true;
    const full = await openWorld({
      maxClients: 1,
      authorise: async () => {
        if (failing) throw new Error('no keys');
        return { organisationId: ada };
      },
    });
    try {
      expect((await listenSse(`http://${full.host}/`)).status).toBe(503);
      failing = false;
      const first = await listenSse(`http://${full.host}/`);
      expect(first.status).toBe(200);
      expect((await listenSse(`http://${full.host}/`)).status).toBe(503);
      first.leave();
      await eventually(() => expect(full.stream.status().clients).toBe(0));
    } finally {
      await full.close();
    }
  });

  test('disconnects a client that does not take what it is sent, and only that one', async () => {
    const metrics = createMetrics();
    const slow = await openWorld({ slowMs: 2_000, metrics });
    try {
      const { hostname, port } = new URL(`http://${slow.host}`);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(`GET /?token=${ada} HTTP/1.1\r\nHost: x\r\n\r\n`);
      socket.pause();
      const quick = await listenSse(`http://${slow.host}/?token=${ada}`);
      await eventually(() => expect(slow.stream.status().clients).toBe(2));
      const title = 'x'.repeat(200);
      let logged = 0;
      // More than the buffers of both ends of a socket hold.
      await eventually(async () => {
        for (let count = 0; count < 10; count += 1) {
          await slow.log(ada, ...Array.from({ length: 1_000 }, () => title));
          logged += 1_000;
        }
        expect(metrics.text()).toContain('marquee_event_stream_ends_total{reason="slow"} 1');
      });
      await eventually(() => expect(quick.titles).toHaveLength(logged));
      expect(slow.stream.status().clients).toBe(1);
      socket.destroy();
      quick.leave();
    } finally {
      await slow.close();
    }
  });

  test('disconnects a client whose permission has ended', async () => {
    const brief = await openWorld({
      authorise: async () => ({ organisationId: ada, until: new Date(Date.now() + 200) }),
    });
    try {
      const ear = await listenSse(`http://${brief.host}/`);
      await ear.ended;
      expect(ear.frames.some(({ kind }) => kind === 'bye')).toBe(false);
    } finally {
      await brief.close();
    }
  });

  test('that ends tells every client to come back, and admits nobody', async () => {
    const ending = await openWorld();
    try {
      const ears = [
        await listenSse(`http://${ending.host}/?token=${ada}`),
        await listenWebSocket(`ws://${ending.host}/?token=${ada}`),
      ];
      await eventually(() => expect(ears.map(({ frames }) => frames.length)).toEqual([1, 1]));
      await ending.stream.drain();
      await Promise.all(ears.map(({ ended }) => ended));
      expect(ears.map(({ frames }) => frames.at(-1))).toEqual([{ kind: 'bye' }, { kind: 'bye' }]);
      expect((await listenSse(`http://${ending.host}/?token=${ada}`)).status).toBe(503);
    } finally {
      await ending.close();
    }
  });
});
