import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { atLeast, atMost, formatDrilled, seconds } from './gates.ts';
import { copyCluster } from './physical-backup.ts';
import { startProxy, type Proxy } from './proxy.ts';

test('a drill that is not there is refused with those that are, before anything starts', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'flood'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Say one of backup, restore'),
  });
});

test('gates say what they found, and which of them do not hold', () => {
  const gates = [atMost('gap', 12_000, 10_000, seconds), atLeast('orders', 3, 1)];
  expect(gates.map(({ held }) => held)).toEqual([false, true]);
  const text = formatDrilled({ drill: 'failover', measured: { orders: 3 }, gates });
  expect(text).toMatch(/✗ gap +12\.00 s \(at most 10\.00 s\)/);
});

describe('the network between services and servers', () => {
  let server: Server;
  let proxy: Proxy;
  const clients: Socket[] = [];
  const heard: string[] = [];

  const listen = async (answer: string) => {
    const made = createServer((socket) =>
      socket.on('error', () => undefined).on('data', () => socket.write(answer)),
    );
    await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
    return made;
  };
  const portOf = (made: Server) => (made.address() as AddressInfo).port;
  const open = (): Socket => {
    const client = connect(proxy.port, '127.0.0.1');
    client.on('data', (data) => heard.push(data.toString()));
    client.on('error', (error: NodeJS.ErrnoException) => heard.push(error.code ?? 'error'));
    clients.push(client);
    return client;
  };
  beforeEach(async () => {
    heard.length = 0;
    server = await listen('one');
    proxy = await startProxy(portOf(server));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await proxy.close();
    await new Promise((closed) => server.close(closed));
  });

  test('passes on, later where it is told to', async () => {
    const client = open();
    client.write('a');
    await eventually(() => expect(heard).toEqual(['one']));
    proxy.delay(60);
    const sentMs = performance.now();
    client.write('b');
    await eventually(() => expect(heard).toHaveLength(2));
    expect(performance.now() - sentMs).toBeGreaterThan(110);
  });

  test('falls silent without a word, and says all of it afterwards', async () => {
    const client = open();
    client.write('a');
    await eventually(() => expect(heard).toEqual(['one']));
    proxy.partition(true);
    client.write('b');
    const late = open();
    late.write('c');
    await new Promise((resolve) => late.once('connect', resolve));
    expect(heard).toEqual(['one']);
    proxy.partition(false);
    await eventually(() => expect(heard).toEqual(['one', 'one', 'one']));
  });

  test('resets, and leads elsewhere after a failover', async () => {
    const client = open();
    client.write('a');
    await eventually(() => expect(heard).toEqual(['one']));
    const other = await listen('two');
    try {
      proxy.leadTo(portOf(other));
      await eventually(() => expect(heard).toContain('ECONNRESET'));
      open().write('b');
      await eventually(() => expect(heard).toContain('two'));
    } finally {
      proxy.reset();
      await new Promise((closed) => other.close(closed));
    }
  });
});

describe('the copy of a cluster', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeAll(async () => {
    directory = await temporaryDirectory();
  });
  afterAll(() => directory.remove());

  test('has every file but those that a start makes anew, and the folders of these', () => {
    const [from, to] = ['cluster', 'copy'].map((name) => join(directory.path, name)) as [string, string];
    const files = [
      'PG_VERSION',
      'postmaster.pid',
      'global/pg_control',
      'pg_wal/0001',
      'pg_replslot/a/state',
      'base/1/2',
    ];
    for (const file of [...files, 'base/1/pgsql_tmp9']) {
      mkdirSync(join(from, file, '..'), { recursive: true });
      writeFileSync(join(from, file), 'xy');
    }
    expect(copyCluster(from, to)).toBe(6);
    const there = readdirSync(to, { recursive: true, encoding: 'utf8' }).toSorted();
    const folders = ['base', 'base/1', 'global', 'pg_replslot', 'pg_wal'];
    expect(there).toEqual([...folders, 'PG_VERSION', 'base/1/2', 'global/pg_control'].toSorted());
  });
});
