import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './config.ts';
import { endProcesses, identify, isRunning, type ProcessIdentity } from './processes.ts';

/** What `.marquee/run.json` says about the platform that runs on this home. */
export type RunState = {
  readonly launcher: ProcessIdentity;
  readonly url: string;
  readonly services: Readonly<Record<string, ProcessIdentity>>;
  /** Where the servers answer, without credentials; absent until both have started. */
  readonly servers?: RunningServers;
};

export type RunningServers = { readonly postgresUrl: string; readonly natsUrl: string };

export type HomeLock = {
  /** Writes who runs now. */
  update(url: string, pids: Readonly<Record<string, number>>, servers?: RunningServers | null): void;
  release(): void;
};

/**
 * Takes a home for this process. Throws a LaunchError that names the URL when another launcher runs on it; services
 * that a killed launcher left behind are ended first. Embedded servers clear up after themselves.
 */
export async function lockHome(home: string): Promise<HomeLock> {
  mkdirSync(home, { recursive: true });
  const lock = join(home, 'run.lock');
  const state = join(home, 'run.json');
  takeLock(lock, state);
  const left = readState(state);
  if (left) await endProcesses(Object.values(left.services).filter(isRunning), 5_000);
  rmSync(state, { force: true });
  return {
    update(url, pids, servers) {
      const services = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, identify(pid)]));
      const launcher = identify(process.pid);
      replaceFile(state, { launcher, url, services, ...(servers && { servers }) } satisfies RunState);
    },
    release() {
      rmSync(state, { force: true });
      rmSync(lock, { force: true });
    },
  };
}

/** The platform that runs on this home, or null. */
export function readRunning(home: string): RunState | null {
  const holder = readJson<ProcessIdentity>(join(home, 'run.lock'));
  return holder && isRunning(holder) ? readState(join(home, 'run.json')) : null;
}

/** A hard link of a complete file appears at once or fails, so a lock is never seen half-written. */
function takeLock(lock: string, state: string): void {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(mine, lock)) return;
      const holder = readJson<ProcessIdentity>(lock);
      if (holder && isRunning(holder)) throw alreadyRuns(holder, readState(state));
      moveAway(lock, `${mine}.stale`);
    }
    throw new LaunchError(`The lock ${lock} could not be taken; remove it if nothing runs.`);
  } finally {
    rmSync(mine, { force: true });
    rmSync(`${mine}.stale`, { force: true });
  }
}

function alreadyRuns(holder: ProcessIdentity, state: RunState | null): LaunchError {
  const where = state?.url ? ` at ${state.url}` : ' and is still starting';
  return new LaunchError(
    `Marquee runs already${where} (process ${holder.pid}). Stop it there with Ctrl-C, or with: kill ${holder.pid}\n` +
      'A second platform needs a home and a port of its own: MARQUEE_HOME=/some/folder npm start -- --port 4100',
  );
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function moveAway(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readState(path: string): RunState | null {
  return readJson<RunState>(path);
}

function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

function replaceFile(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(content, null, 2));
  renameSync(`${path}.new`, path);
}
