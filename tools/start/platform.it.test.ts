import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, testServers } from '@marquee/testkit';
import pg from 'pg';
import { fixture, migrationsOf, removeFixtures, service, type Fixture } from './fixture.test-support.ts';
import { nodeOptions, v8Flags } from './node-options.ts';
import { isRunning, identify, type ProcessIdentity } from './processes.ts';
import { startPlatform, type Progress, type RunningPlatform } from './platform.ts';

async function envOf(platform: RunningPlatform, name: string): Promise<Record<string, string>> {
  const response = await fetch(`${platform.urls.services[name]}/env`);
  return (await response.json()) as Record<string, string>;
}

function identitiesOf(platform: RunningPlatform): ProcessIdentity[] {
  return Object.values(platform.pids()).map(identify);
}

afterAll(removeFixtures);

describe('a running platform', () => {
  const progress: Progress[] = [];
  let options: Fixture;
  let platform: RunningPlatform;

  beforeAll(async () => {
    options = fixture({
      gateway: { 'main.ts': service },
      notes: { 'main.ts': service, 'migrations/index.ts': migrationsOf('note') },
      plain: { 'main.ts': service },
    });
    platform = await startPlatform({
      ...options,
      report: (one) => progress.push(one),
      env: { MARQUEE_EXTRA: 'yes' },
    });
  });

  afterAll(async () => {
    await platform?.stop();
  });

  test('runs every service and server as a process of its own', () => {
    const pids = platform.pids();
    expect(Object.keys(pids).toSorted()).toEqual(['gateway', 'nats', 'notes', 'plain', 'postgres']);
    expect(new Set(Object.values(pids)).size).toBe(5);
  });

  test('tells each service what it needs and no more', async () => {
    const notes = await envOf(platform, 'notes');
    expect(notes['DATABASE_URL']).toBe(platform.databases['notes']?.appUrl);
    expect(notes['DATABASE_URL']).toContain('marquee_notes_app');
    expect(notes['NATS_URL']).toBe(platform.urls.nats);
    expect(notes['MARQUEE_INTERNAL_SECRET']).toBe(platform.internalSecret);
    expect(notes['PLAIN_URL']).toBe(`${platform.urls.services['plain']}/graphql`);
    expect(notes['MARQUEE_EXTRA']).toBe('yes');
    expect(notes['NODE_OPTIONS']).toBe(nodeOptions);
    const command = readFileSync(`/proc/${platform.pids()['notes']}/cmdline`, 'utf8').split('\0');
    expect(command.slice(1, 1 + v8Flags.length)).toEqual(v8Flags);
    expect(notes['MARQUEE_JWKS_FILE']).toBeUndefined();
    const gateway = await envOf(platform, 'gateway');
    expect(gateway['DATABASE_URL']).toBeUndefined();
    expect(gateway['MARQUEE_SUPERGRAPH_FILE']).toBe(join(options.home, 'supergraph.graphql'));
  });

  test('keeps its secrets to the owner', () => {
    for (const name of ['secrets.json', 'ticket-signing.jwk.json']) {
      expect(statSync(join(options.home, 'keys', name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(options.home, 'keys')).mode & 0o777).toBe(0o700);
  });

  test('says to a second start where it runs', async () => {
    const { launcher, url } = JSON.parse(readFileSync(join(options.home, 'run.json'), 'utf8'));
    expect(url).toBe(platform.urls.graph);
    expect(launcher.pid).toBe(process.pid);
    await expect(startPlatform(options)).rejects.toThrow(`runs already at ${platform.urls.graph}`);
  });

  test('starts a service that crashed again, on the same port', async () => {
    const before = platform.pids()['plain'];
    await fetch(`${platform.urls.services['plain']}/crash`).catch(() => undefined);
    await eventually(() => expect(platform.pids()['plain']).not.toBe(before));
    await platform.waitUntilReady();
    expect(progress).toContainEqual({
      kind: 'trouble',
      text: expect.stringContaining('plain ended with exit code 3'),
    });
  });

  test.each(['nats', 'postgres'])('starts %s again after a kill -9, on the same port', async (name) => {
    const before = platform.pids()[name]!;
    const url = name === 'nats' ? platform.urls.nats : platform.urls.postgres;
    platform.kill(name, 'SIGKILL');
    await eventually(() => expect(platform.pids()[name] ?? before).not.toBe(before));
    expect(name === 'nats' ? platform.urls.nats : platform.urls.postgres).toBe(url);
  });

  test('restarts a service on demand', async () => {
    const before = platform.pids()['notes'];
    await platform.restart('notes');
    await platform.waitUntilReady();
    expect(platform.pids()['notes']).not.toBe(before);
  });

  test('names what there is when asked for something else', () => {
    expect(() => platform.kill('ghost', 'SIGKILL')).toThrow('there is notes, plain, gateway, postgres, nats');
  });

  test('leaves no process and no lock when stopped, and starts again with its data', async () => {
    const identities = identitiesOf(platform);
    const { databases, internalSecret } = platform;
    await platform.stop();
    expect(identities.filter(isRunning)).toEqual([]);
    expect(existsSync(join(options.home, 'run.lock'))).toBe(false);
    platform = await startPlatform(options);
    expect(platform.internalSecret).toBe(internalSecret);
    expect(Object.keys(platform.databases)).toEqual(Object.keys(databases));
  });
});

describe('servers that are given', () => {
  test('are used instead of our own, and are not ours to stop or reset', async () => {
    const { postgresUrl, natsUrl } = await testServers();
    const name = `given${process.pid}`;
    const options = {
      ...fixture({
        gateway: { 'main.ts': service },
        [name]: { 'main.ts': service, 'migrations/index.ts': migrationsOf('note') },
      }),
      databaseUrl: postgresUrl,
      natsUrl,
    };
    const platform = await startPlatform(options);
    try {
      expect(Object.keys(platform.pids()).toSorted()).toEqual(['gateway', name]);
      expect(new URL(platform.databases[name]!.appUrl).port).toBe(new URL(postgresUrl).port);
      expect((await envOf(platform, name))['NATS_URL']).toBe(natsUrl);
      expect(() => platform.kill('postgres', 'SIGKILL')).toThrow('Nothing called postgres runs here');
    } finally {
      await platform.stop();
      await dropDatabase(postgresUrl, `marquee_${name}`);
    }
    await expect(startPlatform({ ...options, reset: true })).rejects.toThrow(
      'Only our own servers are reset',
    );
  });
});

async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`drop database ${database} with (force)`);
  for (const role of ['owner', 'app']) await client.query(`drop role ${database}_${role}`);
  await client.end();
}

describe('a start that fails', () => {
  test('says which service does not stay up, with the end of its log, and leaves nothing behind', async () => {
    const options = fixture({
      gateway: { 'main.ts': service },
      broken: { 'main.ts': "console.error('DATABASE_URL must be set'); process.exit(1);" },
    });
    const start = startPlatform(options);
    await expect(start).rejects.toThrow(/broken does not stay up[^]*DATABASE_URL must be set/);
    expect(existsSync(join(options.home, 'run.lock'))).toBe(false);
  });

  test('stops what had started when it is given up', async () => {
    const options = fixture({
      gateway: { 'main.ts': service },
      slow: { 'main.ts': 'setInterval(() => {}, 1000);' },
    });
    const request = new AbortController();
    const start = startPlatform({ ...options, signal: request.signal });
    start.catch(() => undefined);
    const state = join(options.home, 'run.json');
    await eventually(() => expect(JSON.parse(readFileSync(state, 'utf8')).services.slow).toBeDefined());
    const left = JSON.parse(readFileSync(state, 'utf8')).services as Record<string, ProcessIdentity>;
    request.abort();
    await expect(start).rejects.toThrow();
    expect(Object.values(left).filter(isRunning)).toEqual([]);
  });
});

describe('a launcher killed with -9', () => {
  let options: Fixture;
  let launcher: ChildProcess;
  let pids: Record<string, number>;

  beforeAll(async () => {
    options = fixture({ gateway: { 'main.ts': service }, plain: { 'main.ts': service } });
    const script = `
      const { startPlatform } = await import(${JSON.stringify(join(import.meta.dirname, 'platform.ts'))});
      const platform = await startPlatform(${JSON.stringify(options)});
      console.log(JSON.stringify(platform.pids()));
      setInterval(() => {}, 1000);`;
    launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await Promise.race([
      new Promise<[Buffer]>((resolve) => launcher.stdout!.once('data', (data: Buffer) => resolve([data]))),
      new Promise<never>((_, reject) => launcher.once('exit', () => reject(new Error('the launcher ended')))),
    ]);
    pids = JSON.parse(line.toString()) as Record<string, number>;
  });

  afterAll(() => {
    launcher.kill('SIGKILL');
  });

  test('takes services and servers with it, and the next start recovers', async () => {
    const identities = Object.values(pids).map(identify);
    expect(identities.filter(isRunning)).toHaveLength(4);
    launcher.kill('SIGKILL');
    await eventually(() => expect(identities.filter(isRunning)).toEqual([]));
    const platform = await startPlatform(options);
    await platform.stop();
  });
});
