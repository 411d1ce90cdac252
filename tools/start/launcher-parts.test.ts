import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEnvironment } from './config.ts';
import { limitLog, logTail, openLog } from './log-file.ts';
import { parseCommandLine } from './options.ts';
import { choosePorts } from './ports.ts';
import { identify, isRunning } from './processes.ts';
import { jsonLine, readyText } from './ready-text.ts';
import { lockHome, readRunning } from './run-state.ts';
import { openScratch } from './scratch.ts';
import { changeOf } from './watch.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-parts-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the environment', () => {
  test('is taken apart into what the launcher and what the services need', () => {
    const given = {
      PORT: '4100',
      NATS_URL: 'nats://n:4222',
      OTEL_X: '1',
      SECRET_OF_OTHERS: 'x',
      PATH: '/bin',
    };
    expect(readEnvironment('/w', given)).toEqual({
      home: '/w/.marquee',
      port: 4100,
      natsUrl: 'nats://n:4222',
      forServices: { OTEL_X: '1', PATH: '/bin' },
    });
  });

  test('has all its faults reported at once', () => {
    const faults = { PORT: '70000', DATABASE_URL: 'mysql://x', NATS_URL: 'n:4222' };
    expect(() => readEnvironment('/w', faults)).toThrow(/PORT.*\nDATABASE_URL.*\nNATS_URL/);
  });
});

test('A command line that cannot be meant is refused with the help', () => {
  expect(parseCommandLine(['--port', '0', '--no-demo'])).toMatchObject({
    port: 0,
    demo: false,
    watch: false,
  });
  expect(() => parseCommandLine(['--port', 'x'])).toThrow('--port must be a port');
  expect(() => parseCommandLine(['--wach'])).toThrow(/--wach[^]*npm start --/);
});

describe('a home', () => {
  test('is taken by one launcher at a time', async () => {
    const home = join(folder, 'taken');
    const lock = await lockHome(home);
    lock.update('http://127.0.0.1:4000/graphql', { venues: process.pid });
    expect(readRunning(home)?.url).toBe('http://127.0.0.1:4000/graphql');
    await expect(lockHome(home)).rejects.toThrow('runs already at http://127.0.0.1:4000/graphql');
    lock.release();
    expect(readRunning(home)).toBeNull();
    (await lockHome(home)).release();
  });

  test('is not held by a pid that belongs to another process by now', async () => {
    const home = join(folder, 'reused');
    (await lockHome(home)).release();
    writeFileSync(join(home, 'run.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    (await lockHome(home)).release();
  });

  test('is not held by a lock that was half-written', async () => {
    const home = join(folder, 'half');
    (await lockHome(home)).release();
    writeFileSync(join(home, 'run.lock'), '{');
    (await lockHome(home)).release();
  });
});

describe('a scratch folder', () => {
  const gone = { pid: process.pid, startedAt: 'before' };
  const left = (name: string, owner: unknown) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'owner.json'), JSON.stringify(owner));
    return join(folder, name);
  };

  test('of a process that is gone is removed by the next one, with what still runs on it; others stay', async () => {
    const dead = left('drill-dead', gone);
    const alive = left('drill-alive', identify(process.pid));
    const others = left('bench-dead', gone);
    const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)', `${dead}/data`]);
    const ended = once(server, 'exit');
    try {
      const { path, remove } = await openScratch('drill', folder);
      await ended;
      expect([dead, alive, others, path].map((each) => existsSync(each))).toEqual([false, true, true, true]);
      remove();
      expect(existsSync(path)).toBe(false);
    } finally {
      server.kill('SIGKILL');
    }
  });

  test('that is kept belongs to nobody who could be gone', async () => {
    const { path, keep } = await openScratch('kept', folder);
    expect(keep()).toBe(path);
    expect(existsSync(join(path, 'owner.json'))).toBe(false);
  });
});

test('A process is told from a later one of the same pid', () => {
  const self = identify(process.pid);
  expect(isRunning(self)).toBe(true);
  expect(isRunning({ ...self, startedAt: '1' })).toBe(false);
});

describe('a log', () => {
  test('is cut when it grew too large, and its content kept once', () => {
    const path = join(folder, 'big.log');
    openLog(path);
    writeFileSync(path, 'x'.repeat(100));
    limitLog(path, 100);
    expect(existsSync(`${path}.1`)).toBe(false);
    limitLog(path, 99);
    expect([statSync(path).size, readFileSync(`${path}.1`).length]).toEqual([0, 100]);
  });

  test('shows its end', () => {
    const path = join(folder, 'small.log');
    writeFileSync(path, 'a\nb\nc\n');
    expect(logTail(path, 2)).toBe('b\nc');
    expect(logTail(join(folder, 'none.log'), 2)).toBe('');
  });
});

describe('ports', () => {
  test('are all different, and the gateway’s is the one asked for or none', async () => {
    const { services } = await choosePorts(['gateway', 'venues', 'events'], 0);
    expect(new Set(Object.values(services)).size).toBe(3);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(services['gateway'], '127.0.0.1', resolve));
    await expect(choosePorts(['gateway'], services['gateway'])).rejects.toThrow(
      'is taken by another program',
    );
    taken.close();
  });
});

test.each([
  ['apps/venues/src/spaces/space.ts', { kind: 'service', name: 'venues' }],
  ['apps/venues/src/spaces/spaces.graphql', { kind: 'schema', name: 'venues' }],
  ['apps/venues/src/migrations/1-x.ts', { kind: 'migrations', name: 'venues' }],
  ['libs/kernel/src/money.ts', { kind: 'libs' }],
  ['libs/testkit/src/index.ts', null],
  ['apps/venues/src/spaces/space.test.ts', null],
  ['apps/venues/package.json', null],
  ['libs/kernel/node_modules/x/index.js', null],
])('A change of %s means %j', (path, change) => {
  expect(changeOf(path)).toEqual(change);
});

describe('what is printed when ready', () => {
  const platform = {
    home: '/w/.marquee',
    urls: {
      graph: 'http://127.0.0.1:4000/graphql',
      explorer: 'http://127.0.0.1:4000/',
      gateway: 'http://127.0.0.1:4000',
      services: { venues: 'http://127.0.0.1:4001' },
      mqtt: 'mqtt://127.0.0.1:4092',
    },
    tokens: [{ organisation: 'Kumo', organisationId: 'k', role: 'ORGANISER', email: 'e', token: 'abc' }],
  } as unknown as Parameters<typeof readyText>[0];

  test('names the graph, the logs, the tokens and what to try', () => {
    const text = readyText(platform, 3.21, '/w');
    expect(text).toContain('Marquee is ready (3.2 s)');
    expect(text).toContain('.marquee/logs');
    expect(text).toContain('mqtt://127.0.0.1:4092');
    expect(text).toMatch(/Tokens of Kumo, good for 12 hours:\n {2}organiser +abc/);
    expect(text).toContain('TOKEN=abc');
  });

  test('is one line for scripts', () => {
    const line = jsonLine(platform, 3.21);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      ready: true,
      url: 'http://127.0.0.1:4000/graphql',
      seconds: 3.21,
    });
  });
});
