import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { asAccount, giveTo, unprivilegedAccount, type Account } from './account.ts';
import { findPostgres, type PostgresBinaries } from './binaries.ts';
import { EmbeddedServerError } from './error.ts';
import { findFreePort } from './port.ts';
import { endProcesses, findProcesses, isAlive, logTail, readOr, spawnServer, waitUntil } from './process.ts';

const superuser = 'postgres';
const clusterFolder = 'cluster';
const draftPrefix = 'new-';
const initTimeoutMs = 120_000;
const startTimeoutMs = 60_000;
/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. SIGQUIT leaves recovery to the next start. */
const endSteps = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

export type PostgresOptions = {
  /** Ours alone: holds the cluster and what belongs to it. Made when missing. */
  readonly dataDirectory: string;
  /** Preferred; another one is taken where it is occupied. */
  readonly port?: number;
  readonly logFile: string;
  /** Set once, when the cluster is made. */
  readonly superuserPassword: string;
  /** `durable` (default) survives a power cut; `fast` (for tests) survives a kill. */
  readonly durability?: 'durable' | 'fast';
  /** Folder with `bin`, `lib` and `share` of a PostgreSQL 18; default that of the npm package. */
  readonly installation?: string;
  /** Further server settings, such as `{ log_statement: 'all' }`. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type RunningPostgres = {
  /** Of the superuser, at the database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves once with the exit code (null after a signal) when the server ends, asked to or not. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL 18 on `dataDirectory`, listening on 127.0.0.1 alone, and resolves when it takes connections. A
 * cluster is made at the first start. What an earlier launcher left behind (a server still running, a stale pid
 * file, orphaned backends) is cleared first. As root the server runs as an unprivileged user. Throws
 * EmbeddedServerError.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  mkdirSync(options.dataDirectory, { recursive: true });
  const home = realpathSync(options.dataDirectory);
  const cluster = join(home, clusterFolder);
  const account = unprivilegedAccount();
  mkdirSync(dirname(resolve(options.logFile)), { recursive: true });
  const binaries = findPostgres(join(home, 'lib'), options.installation);
  await clearLeftovers(cluster);
  removeDrafts(home);
  if (!existsSync(join(cluster, 'PG_VERSION')))
    await initialise(binaries, account, home, options.superuserPassword);

  const port = await findFreePort(options.port);
  const settings = {
    ...baseSettings,
    ...durabilitySettings[options.durability ?? 'durable'],
    ...options.settings,
    port: `${port}`,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = {
    file: binaries.postgres,
    arguments: ['-D', cluster, ...flags],
    env: { ...binaries.env, TZ: 'UTC' },
  };
  const child = spawnServer(asAccount(account, command, [binaries.postgres, cluster]), options.logFile);
  const exited = new Promise<number | null>((ended) => child.once('exit', (code) => ended(code)));
  const pid = child.pid;
  const ready =
    pid !== undefined &&
    (await waitUntil(() => (isAlive(pid) ? isReady(cluster, pid) && 'ready' : 'ended'), startTimeoutMs));
  if (pid === undefined || ready !== 'ready') {
    if (pid) await endProcesses([pid], endSteps);
    throw new EmbeddedServerError(
      `PostgreSQL did not start; the end of ${options.logFile}:\n${logTail(options.logFile)}`,
    );
  }
  return {
    url: `postgres://${superuser}:${encodeURIComponent(options.superuserPassword)}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    exited,
    stop: () => endProcesses([pid], endSteps),
  };
}

/** Stops what runs on this directory, whoever started it; nothing happens where nothing does. */
export async function stopPostgres(dataDirectory: string): Promise<void> {
  if (existsSync(dataDirectory)) await clearLeftovers(join(realpathSync(dataDirectory), clusterFolder));
}

const baseSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Every statement here is short; compiling a plan costs more than it saves.
  jit: 'off',
};

// Commits are still written, only not forced to disk: a server that is killed keeps them, a power cut does not matter.
const durabilitySettings = {
  durable: {},
  fast: {
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  },
};

/** The eighth line of the pid file is the server's own word on its state; a free port check would race with recovery. */
function isReady(cluster: string, pid: number): boolean {
  const lines = readOr(join(cluster, 'postmaster.pid')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/**
 * Stops whatever still runs on this cluster: the postmaster of a launcher that was killed, or the backends of a
 * postmaster that was. Every process of a cluster has it as its working directory, which also tells that the pid in
 * a stale file is not somebody else's by now; then the file itself is in the way of a start and goes.
 */
async function clearLeftovers(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const running = findProcesses(({ cwd }) => cwd === cluster);
  const postmaster = Number(readOr(pidFile).split('\n')[0]);
  if (running.includes(postmaster)) await endProcesses([postmaster], endSteps);
  await endProcesses(
    running.filter((pid) => isAlive(pid)),
    [
      { signal: 'SIGQUIT', waitMs: 5_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ],
  );
  // Without /proc nothing can be verified, and PostgreSQL judges its own pid file.
  if (existsSync('/proc/self')) rmSync(pidFile, { force: true });
}

/**
 * Made beside its place and renamed: a start that is killed half-way leaves no half cluster. Each try has a folder of
 * its own, because the initdb of a killed launcher may still be at work in another.
 */
async function initialise(
  binaries: PostgresBinaries,
  account: Account | null,
  home: string,
  password: string,
): Promise<void> {
  const draft = mkdtempSync(join(home, draftPrefix));
  giveTo(account, draft);
  const cluster = join(draft, clusterFolder);
  const passwordFile = join(draft, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(account, passwordFile);
  const flags = [
    '--username',
    superuser,
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '--encoding',
    'UTF8',
  ];
  const locale = ['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'];
  // --no-sync: a power cut in this second only means making an empty cluster again.
  const command = {
    file: binaries.initdb,
    arguments: ['--pgdata', cluster, ...flags, ...locale, '--no-sync', '--no-instructions'],
    env: { ...binaries.env, TZ: 'UTC' },
  };
  try {
    await run(asAccount(account, command, [binaries.initdb, cluster]));
    renameSync(cluster, join(home, clusterFolder));
  } finally {
    removeDrafts(home);
  }
}

/** What cannot be removed now, because an orphaned initdb still writes there, goes at a later start. */
function removeDrafts(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(draftPrefix))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

async function run(command: ReturnType<typeof asAccount>): Promise<void> {
  const { file, uid, gid, env } = command;
  const output: string[] = [];
  const child = spawn(file, command.arguments, {
    env: { ...env },
    ...(uid === undefined ? {} : { uid, gid: gid ?? uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (data: Buffer) => output.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => output.push(data.toString()));
  // Not spawn's own `timeout`: where the file cannot be started its timer stays, and holds the process for two minutes.
  const timer = setTimeout(() => child.kill('SIGKILL'), initTimeoutMs);
  const code = await new Promise<number | string | null>((ended) => {
    child.once('error', (error) => ended(error.message));
    child.once('close', (status, signalName) => ended(status ?? signalName));
  });
  clearTimeout(timer);
  if (code === 0) return;
  const reason = output.join('').trimEnd().split('\n').slice(-6).join('\n');
  throw new EmbeddedServerError(`initdb failed (${code}):\n${reason}`);
}
