import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres, stopNats, stopPostgres } from '@marquee/embedded';

type Running = { readonly url: string; stop(): Promise<void> };

export type ServerHost = {
  /** Where tests ask: one line names a server, one line of JSON answers. */
  readonly socketPath: string;
  /** Stops what was started and removes every trace. */
  close(): Promise<void>;
};

const prefix = 'marquee-servers-';

/** Starts PostgreSQL and NATS, each when it is first asked for, in a directory named for the process `pid`. */
export async function openServerHost(pid: number): Promise<ServerHost> {
  const home = join(tmpdir(), `${prefix}${pid}`);
  // A dead host may have had this pid.
  await remove(home);
  await mkdir(home, { mode: 0o755 });
  const started = new Map<string, Promise<Running>>();
  const start = (name: string): Promise<Running> => {
    const starting = started.get(name) ?? startServer(name, home);
    started.set(name, starting);
    return starting;
  };
  const listener = createServer((socket) => serve(socket, start));
  const socketPath = join(home, 'socket');
  await new Promise<void>((listening) => listener.listen(socketPath, listening));
  return {
    socketPath,
    close: async () => {
      listener.close();
      await Promise.allSettled([...started.values()].map(async (starting) => (await starting).stop()));
      await remove(home);
    },
  };
}

/** Removes what hosts left that were themselves killed, their servers first. */
export async function sweepDeadHosts(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length));
    if (pid && !isAlive(pid)) await remove(join(tmpdir(), name));
  }
}

function startServer(name: string, home: string): Promise<Running> {
  const place = { dataDirectory: join(home, name), logFile: join(home, `${name}.log`) };
  if (name === 'postgres') return startPostgres({ ...place, superuserPassword: 'test', durability: 'fast' });
  if (name === 'nats') return startNats(place);
  return Promise.reject(new Error(`no test server is called ${name}`));
}

function serve(socket: Socket, start: (name: string) => Promise<Running>): void {
  socket.on('error', () => undefined); // a test that gave up waiting
  socket.setEncoding('utf8').once('data', (line: string) => {
    void start(line.trim()).then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
}

async function remove(directory: string): Promise<void> {
  await stopPostgres(join(directory, 'postgres'));
  await stopNats(join(directory, 'nats'));
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
