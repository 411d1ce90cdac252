import { afterAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openServerHost, sweepDeadHosts } from './server-host.ts';
import { askHost } from './servers.ts';

const hostFile = fileURLToPath(new URL('host.ts', import.meta.url));
const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.stdin?.end()));

async function startHostProcess(): Promise<{ readonly child: ChildProcess; readonly socketPath: string }> {
  const child = spawn(process.execPath, [hostFile], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, socketPath: line.toString().trim() };
}

async function accepts(url: string): Promise<boolean> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  const answer = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answer;
}

describe('the host of the test servers', () => {
  test('starts a server once and only when asked, and leaves nothing when closed', async () => {
    const host = await openServerHost(process.pid);
    const urls = await Promise.all([askHost(host.socketPath, 'nats'), askHost(host.socketPath, 'nats')]);
    expect(new Set(urls).size).toBe(1);
    expect(await accepts(urls[0])).toBe(true);
    expect(existsSync(`${dirname(host.socketPath)}/postgres`)).toBe(false);
    await expect(askHost(host.socketPath, 'mongo' as 'nats')).rejects.toThrow(
      'no test server is called mongo',
    );

    await host.close();
    expect(await accepts(urls[0])).toBe(false);
    expect(existsSync(dirname(host.socketPath))).toBe(false);
  });

  test('ends with its servers when the run that started it is gone, however that ended', async () => {
    const { child, socketPath } = await startHostProcess();
    const url = await askHost(socketPath, 'nats');
    const exited = once(child, 'exit');
    child.stdin?.end(); // as the kernel does for a killed parent
    await exited;
    expect(await accepts(url)).toBe(false);
    expect(existsSync(dirname(socketPath))).toBe(false);
  });

  test('that was killed itself is cleared away by the next', async () => {
    const { child, socketPath } = await startHostProcess();
    const url = await askHost(socketPath, 'postgres');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await accepts(url)).toBe(true);
    await sweepDeadHosts();
    expect(await accepts(url)).toBe(false);
    expect(existsSync(dirname(socketPath))).toBe(false);
  });
});
