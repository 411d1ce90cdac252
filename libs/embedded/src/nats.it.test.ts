import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@marquee/testkit';
import { startNats, stopNats, type RunningNats } from './index.ts';
import { findNatsServer } from './nats.ts';
import { answersOn } from './port.ts';
import { endProcesses, isAlive, waitUntil } from './process.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
const running = new Set<RunningNats>();
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(async () => {
  for (const server of running) await server.stop();
  await directory.remove();
});

async function start(name: string, port?: number): Promise<RunningNats> {
  const server = await startNats({
    dataDirectory: join(directory.path, name),
    logFile: join(directory.path, `${name}.log`),
    ...(port === undefined ? {} : { port }),
  });
  running.add(server);
  return server;
}

/** The server speaks first: one line of JSON on itself. */
function greeting(port: number): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(JSON.parse(data.toString().slice('INFO '.length)) as Record<string, unknown>);
    });
  });
}

describe('NATS', () => {
  test('has JetStream on files and takes messages of 4 MiB', async () => {
    const server = await start('first');
    expect(await greeting(server.port)).toMatchObject({ jetstream: true, max_payload: 4 * 1024 * 1024 });
    expect(existsSync(join(directory.path, 'first', 'jetstream'))).toBe(true);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(await server.exited).not.toBeUndefined();
    expect(await answersOn(server.port)).toBe(false);
  });

  test('left running by an earlier launcher is stopped and started anew', async () => {
    const old = await start('left');
    const fresh = await start('left', old.port);
    expect(isAlive(old.pid)).toBe(false);
    expect(fresh.port).toBe(old.port);
  });

  test('is started again after it was killed', async () => {
    const old = await start('killed');
    process.kill(old.pid, 'SIGKILL');
    expect(await old.exited).toBeNull();
    expect(await answersOn((await start('killed')).port, 'INFO ')).toBe(true);
  });

  test('can be stopped without a start, and a directory that is not there is fine', async () => {
    const old = await start('stopped');
    await stopNats(join(directory.path, 'stopped'));
    expect(isAlive(old.pid)).toBe(false);
    await stopNats(join(directory.path, 'never-was'));
  });

  test('that does not start says why', async () => {
    await mkdir(join(directory.path, 'broken'));
    await writeFile(join(directory.path, 'broken', 'jetstream'), 'not a folder');
    await expect(start('broken')).rejects.toMatchObject({
      name: 'EmbeddedServerError',
      message: expect.stringContaining('did not start'),
    });
  });

  test('is taken from the PATH where npm has none, else it is said what to do', async () => {
    const binary = join(directory.path, 'nats-server');
    const path = `/nowhere:${directory.path}`;
    expect(() => findNatsServer('plan9', 'mips', path)).toThrow(/plan9-mips.*NATS_URL/);
    await writeFile(binary, '');
    expect(() => findNatsServer('plan9', 'mips', path)).toThrow(/plan9-mips/);
    await chmod(binary, 0o755);
    expect(findNatsServer('plan9', 'mips', path)).toBe(binary);
  });
});

describe('a process', () => {
  test('that does not listen to a polite signal is killed', async () => {
    const script = `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['-e', script]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await endProcesses(
      [child.pid!],
      [
        { signal: 'SIGTERM', waitMs: 50 },
        { signal: 'SIGKILL', waitMs: 5_000 },
      ],
    );
    expect(isAlive(child.pid!)).toBe(false);
  });

  test('that cannot be ended is named', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const work = endProcesses([child.pid!], [{ signal: 'SIGCONT', waitMs: 30 }]);
    await expect(work).rejects.toThrow(`processes ${child.pid} do not end`);
    child.kill('SIGKILL');
  });

  test('is waited for no longer than told', async () => {
    expect(await waitUntil(() => false, 30)).toBeNull();
    expect(await waitUntil(() => 'there', 0)).toBe('there');
  });
});
