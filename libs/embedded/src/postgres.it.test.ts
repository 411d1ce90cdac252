import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, chmod, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { findNativeFolder } from './binaries.ts';
import {
  findFreePort,
  startPostgres,
  stopPostgres,
  type PostgresOptions,
  type RunningPostgres,
} from './index.ts';
import { isAlive } from './process.ts';

const asRoot = process.getuid?.() === 0 ? test : test.skip;
const password = `p:/?#@ss'word`;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
const running = new Set<RunningPostgres>();

beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(async () => {
  for (const server of running) await server.stop();
  await directory.remove();
});

const optionsOf = (name: string): PostgresOptions => ({
  dataDirectory: join(directory.path, name),
  logFile: join(directory.path, `${name}.log`),
  superuserPassword: password,
  durability: 'fast',
});

async function start(name: string, further: Partial<PostgresOptions> = {}): Promise<RunningPostgres> {
  const server = await startPostgres({ ...optionsOf(name), ...further });
  running.add(server);
  return server;
}

async function query<R extends object>(server: RunningPostgres, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  test('is version 18, in UTC and UTF-8, and lets nobody in without the password', async () => {
    const server = await start('first');
    const [row] = await query(
      server,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('timezone') as zone,
         pg_encoding_to_char(encoding) as encoding, uuidv7() is not null as uuidv7
       from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({ version: 18, zone: 'UTC', encoding: 'UTF8', uuidv7: true });
    const stranger = new pg.Client({ connectionString: server.url.replace(/:[^:@]+@/, ':wrong@') });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('stops though sessions are open, and keeps its data for the next start', async () => {
    const server = await start('kept');
    await query(server, 'create table kept as select 7 as value');
    const session = new pg.Client({ connectionString: server.url });
    session.on('error', () => undefined);
    await session.connect();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(await server.exited).toBe(0);
    await server.stop(); // a second time changes nothing

    const again = await start('kept');
    expect(await query(again, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  test('forces commits to disk unless told that it is for tests', async () => {
    const settings = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`;
    const durable = await start('durable', { durability: 'durable', settings: { application_name: 'set' } });
    expect(await query(durable, settings)).toEqual([{ fsync: 'on', commit: 'on' }]);
    await durable.stop();
    const fast = await start('durable');
    expect(await query(fast, settings)).toEqual([{ fsync: 'off', commit: 'on' }]);
  });

  test('takes another port where the preferred one is occupied', async () => {
    const occupier = createServer();
    const port = await findFreePort();
    await new Promise<void>((resolve) => occupier.listen(port, '127.0.0.1', resolve));
    const server = await start('port', { port });
    expect(server.port).not.toBe(port);
    await server.stop();
    await new Promise((resolve) => occupier.close(resolve));
    expect((await start('port', { port })).port).toBe(port);
  });

  test('that does not start says why', async () => {
    const work = start('broken', { settings: { shared_buffers: 'a lot' } });
    await expect(work).rejects.toMatchObject({
      name: 'EmbeddedServerError',
      message: expect.stringContaining('shared_buffers'),
    });
  });

  test('whose making fails says why, and is made at the next try', async () => {
    await mkdir(join(directory.path, 'unmade'));
    const work = start('unmade', { installation: directory.path });
    await expect(work).rejects.toMatchObject({ name: 'EmbeddedServerError', message: /initdb failed/ });
    expect(await query(await start('unmade'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('what an earlier launcher left', () => {
  test('running is stopped, and its data is there', async () => {
    const old = await start('left');
    await query(old, 'create table left_behind as select 7 as value');
    const session = new pg.Client({ connectionString: old.url });
    session.on('error', () => undefined);
    await session.connect();
    const fresh = await start('left');
    expect(isAlive(old.pid)).toBe(false);
    expect(await query(fresh, 'select value from left_behind')).toEqual([{ value: 7 }]);
  });

  test('killed is recovered, its orphaned sessions ended', async () => {
    const old = await start('killed');
    await query(old, 'create table survivor as select 7 as value');
    const busy = new pg.Client({ connectionString: old.url });
    busy.on('error', () => undefined);
    await busy.connect();
    const session = await busy.query<{ pid: number }>('select pg_backend_pid() as pid');
    busy.query('select pg_sleep(600)').catch(() => undefined);
    process.kill(old.pid, 'SIGKILL');
    await old.exited;
    const fresh = await start('killed');
    expect(isAlive(session.rows[0]!.pid)).toBe(false);
    expect(await query(fresh, 'select value from survivor')).toEqual([{ value: 7 }]);
  });

  test('in a pid file that now names somebody else’s process hurts neither that process nor the start', async () => {
    const old = await start('reused');
    const pidFile = join(directory.path, 'reused', 'cluster', 'postmaster.pid');
    const lines = await readFile(pidFile, 'utf8');
    await old.stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await writeFile(pidFile, lines.replace(/^\d+/, `${stranger.pid}`));
    try {
      expect(await query(await start('reused'), 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(isAlive(stranger.pid!)).toBe(true);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  test('half made, its initdb still at work, is made anew', async () => {
    const options = optionsOf('half');
    const module = JSON.stringify(new URL('index.ts', import.meta.url).href);
    const script = `const { startPostgres } = await import(${module}); await startPostgres(${JSON.stringify(options)});`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const drafts = () =>
      readdir(options.dataDirectory).then((names) => names.filter((name) => name.startsWith('new-')));
    await eventually(
      async () => {
        const [draft] = await drafts();
        expect(existsSync(join(options.dataDirectory, draft!, 'cluster', 'base'))).toBe(true);
      },
      { everyMs: 2 },
    );
    launcher.kill('SIGKILL');
    expect(await query(await start('half'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await eventually(async () => {
      await (await start('half')).stop();
      expect(await drafts()).toEqual([]);
    });
  });

  test('can be stopped without a start, and a directory that is not there is fine', async () => {
    const old = await start('stopped');
    await stopPostgres(join(directory.path, 'stopped'));
    expect(isAlive(old.pid)).toBe(false);
    await stopPostgres(join(directory.path, 'never-was'));
  });
});

describe('on a machine', () => {
  test('where the package’s links were not made and cannot be, they are made beside the data', async () => {
    // The list names the links as seen from the folder above.
    const installation = join(directory.path, 'package', 'native');
    await mkdir(join(directory.path, 'package'));
    await cp(findNativeFolder(), installation, {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink(),
    });
    const server = await start('linked', { installation });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await (await start('linked', { installation })).stop();
  });

  asRoot('as root, runs as somebody else', async () => {
    const server = await start('account');
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
  });

  asRoot('as root under a folder that only root may enter, runs all the same', async () => {
    const closed = join(directory.path, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const server = await start('closed/data');
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
    expect(await query(server, 'create table t as select 1')).toEqual([]);
    await server.stop();
    expect(await query(await start('closed/data'), 'select count(*)::int as rows from t')).toEqual([
      { rows: 1 },
    ]);
  });

  asRoot('as an ordinary user, runs as that user', async () => {
    const home = join(directory.path, 'ordinary');
    await mkdir(home);
    await chmod(home, 0o777);
    const module = new URL('index.ts', import.meta.url).href;
    const script = `
      const { startPostgres } = await import(${JSON.stringify(module)});
      const dataDirectory = process.argv[1] + '/data';
      const server = await startPostgres({ dataDirectory, logFile: dataDirectory + '.log', superuserPassword: 'x' });
      const { readFileSync } = await import('node:fs');
      const uid = /^Uid:\\s+(\\d+)/m.exec(readFileSync('/proc/' + server.pid + '/status', 'utf8'))[1];
      await server.stop();
      console.log(uid);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, home], {
      uid: 65534,
      gid: 65534,
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(output.trim()).toBe('65534');
  });

  test('for which npm has no PostgreSQL, says what to do', () => {
    expect(() => findNativeFolder('plan9', 'mips')).toThrow(/plan9-mips.*DATABASE_URL/);
  });
});
