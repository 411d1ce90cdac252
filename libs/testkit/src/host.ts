import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres, stopNats, stopPostgres } from '@marquee/embedded';

/**
 * Lives as long as the Jest run that started it: starts PostgreSQL and NATS when a test first asks on its socket, and
 * ends with them when its standard input ends. That happens also when the run is killed, so nothing is left behind.
 * Started by tools/test/global-setup.mjs as `node host.ts`; prints one line when it listens.
 */
type Running = { readonly url: string; stop(): Promise<void> };

const prefix = 'marquee-servers-';
const home = join(tmpdir(), `${prefix}${process.pid}`);
const started = new Map<string, Promise<Running>>();

const starters: Record<string, () => Promise<Running>> = {
  postgres: () =>
    startPostgres({
      dataDirectory: join(home, 'postgres'),
      logFile: join(home, 'postgres.log'),
      superuserPassword: 'test',
      durability: 'fast',
    }),
  nats: () => startNats({ dataDirectory: join(home, 'nats'), logFile: join(home, 'nats.log') }),
};

function serve(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').once('data', (line: string) => {
    const name = line.trim();
    void start(name).then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
}

function start(name: string): Promise<Running> {
  const known = started.get(name);
  if (known) return known;
  const starting = starters[name]?.() ?? Promise.reject(new Error(`no test server is called ${name}`));
  started.set(name, starting);
  return starting;
}

async function end(): Promise<void> {
  await Promise.allSettled([...started.values()].map(async (starting) => (await starting).stop()));
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
}

/** What a host left that was itself killed: its servers still run on its directory, and starting there stops them. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length));
    if (!pid || pid === process.pid || isAlive(pid)) continue;
    const left = join(tmpdir(), name);
    await stopLeftovers(left).catch(() => undefined);
    await rm(left, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function stopLeftovers(directory: string): Promise<void> {
  await stopPostgres(join(directory, 'postgres'));
  await stopNats(join(directory, 'nats'));
}

await mkdir(home, { mode: 0o755 });
const socketPath = join(home, 'socket');
createServer(serve).listen(socketPath, () => console.log(socketPath));
process.stdin.resume().once('end', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end());
await sweep();
