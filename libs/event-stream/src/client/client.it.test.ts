import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { WebSocketServer } from 'ws';
import { ada, openWorld, type World } from '../stream.test-support.ts';
import { connectEventStream, type EventStreamClient, type EventStreamClientOptions } from './index.ts';

/** The client with Node's own WebSocket, channel and locks; in a real browser: browser.it.test.ts. */
let world: World;
const sockets = new Set<Socket>();
const clients: EventStreamClient[] = [];

beforeAll(async () => {
  world = await openWorld();
  world.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
afterAll(() => world.close());

const backOff = { baseMs: 10, capMs: 50 };
function connect(organisationId: string, options: Partial<EventStreamClientOptions> = {}) {
  const url = `ws://${world.host}/?token=${organisationId}`;
  const client = connectEventStream({ url, share: false, backOff, ...options });
  clients.push(client);
  const titles: string[] = [];
  client.subscribe('events.series-created.v1', ({ data }) => void titles.push(data.title));
  return { client, titles };
}
const isOpen = (client: EventStreamClient) =>
  eventually(() => expect([client.state, client.position]).toEqual(['open', expect.any(String)]));

describe('a client', () => {
  test('tells its state, and comes back by itself without losing or doubling anything', async () => {
    const organisationId = newUuid();
    const { client, titles } = connect(organisationId);
    const states: string[] = [];
    const listening = client.onState((state) => void states.push(state));
    await isOpen(client);
    const expected: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      expected.push(`${round} a`, `${round} b`);
      await world.log(organisationId, `${round} a`);
      for (const socket of sockets) socket.destroy();
      await world.log(organisationId, `${round} b`);
      await eventually(() => expect(titles).toEqual(expected));
      await isOpen(client);
    }
    expect(states.slice(0, 5)).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    listening[Symbol.dispose]();
    await client.close();
    expect(client.state).toBe('closed');
    expect(states).not.toContain('closed');
  });

  test('asks for its URL each time, so that a token can be fresh, and survives that it cannot be had', async () => {
    const organisationId = newUuid();
    let asked = 0;
    const url = async () => {
      asked += 1;
      if (asked === 1) throw new Error('signed out');
      return `ws://${world.host}/${asked === 2 ? '' : `?token=${organisationId}`}`;
    };
    const { client } = connect(organisationId, { url });
    await isOpen(client);
    expect(asked).toBe(3);
  });

  test('goes on from a position that was kept', async () => {
    const organisationId = newUuid();
    const first = connect(organisationId);
    await isOpen(first.client);
    await world.log(organisationId, 'a');
    await eventually(() => expect(first.titles).toEqual(['a']));
    const after = first.client.position!;
    await first.client.close();
    await world.log(organisationId, 'b');
    const second = connect(organisationId, { after, types: ['events.*'] });
    await eventually(() => expect(second.titles).toEqual(['b']));
  });

  test('hands events to each subscription in order, one after the other, and tells of what it throws', async () => {
    const faults: unknown[] = [];
    const organisationId = newUuid();
    const { client } = connect(organisationId, { onFault: (error) => void faults.push(error) });
    const log: string[] = [];
    const slow = client.subscribe('*', async ({ data }) => {
      const { title } = data as { title: string };
      log.push(`${title} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${title} ends`);
      if (title === 'a') throw new Error('no');
    });
    client.subscribe('tickets.*', () => void log.push('not for me'));
    await isOpen(client);
    await world.log(organisationId, 'a', 'b');
    await eventually(() => expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']));
    expect(faults).toEqual([new Error('no')]);
    await slow[Symbol.asyncDispose]();
    await world.log(organisationId, 'c');
    await world.log(ada, 'd');
    await eventually(() => expect(log).toHaveLength(4));
  });

  test('that goes waits for the handler at work and leaves the rest', async () => {
    const organisationId = newUuid();
    const { client } = connect(organisationId);
    const log: string[] = [];
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    client.subscribe('*', async ({ version }) => {
      log.push(`begins ${version}`);
      await opened;
      log.push(`ends ${version}`);
    });
    await isOpen(client);
    await world.log(organisationId, 'a', 'b');
    await eventually(() => expect(log).toEqual(['begins 1']));
    const closing = client.close();
    open();
    await closing;
    expect(log).toEqual(['begins 1', 'ends 1']);
  });

  test('keeps trying a server that turns it away, and takes one that falls silent for one that is gone', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: () => ++tries > 3 });
    let tries = 0;
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      socket.send(JSON.stringify({ kind: 'hello', position: '1.1', heartbeatMs: 30 }));
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { client } = connect(ada, { url: `ws://127.0.0.1:${port}` });
    await eventually(() => expect(connections).toBeGreaterThan(2));
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('clients that share', () => {
  test('have one connection; when the leader goes another leads on, and nothing is lost or doubled', async () => {
    const organisationId = newUuid();
    const open = () => connect(organisationId, { share: organisationId });
    const [first, second, third] = [open(), open(), open()];
    await Promise.all([first, second, third].map(({ client }) => isOpen(client)));
    expect(world.stream.status().clients).toBe(1);
    expect([first, second, third].map(({ client }) => client.isLeader)).toEqual([true, false, false]);
    const expected: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      expected.push(`${count}`);
      await world.log(organisationId, `${count}`);
      if (count === 20) void first.client.close();
      if (count === 40) void second.client.close();
    }
    await eventually(() => expect(third.titles).toEqual(expected));
    expect(third.client.isLeader).toBe(true);
    expect(second.titles).toEqual(expected.slice(0, second.titles.length));
  });

  test('that come late are brought to where they left off by the connection there is', async () => {
    const organisationId = newUuid();
    const first = connect(organisationId, { share: organisationId });
    await isOpen(first.client);
    await world.log(organisationId, 'a', 'b');
    await eventually(() => expect(first.titles).toEqual(['a', 'b']));
    const second = connect(organisationId, { share: organisationId, after: '0.0' });
    await eventually(() => expect(second.titles).toEqual(['a', 'b']));
    await world.log(organisationId, 'c');
    for (const { titles } of [first, second]) await eventually(() => expect(titles).toEqual(['a', 'b', 'c']));
    expect(world.stream.status().clients).toBe(1);
  });
});
