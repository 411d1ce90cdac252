import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './error.ts';

const pollMs = 20;

/** Polls until `check` answers something other than false; null when the time is up. */
export async function waitUntil<T>(
  check: () => T | false | Promise<T | false>,
  timeoutMs: number,
): Promise<T | null> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await check();
    if (answer !== false) return answer;
    if (performance.now() >= deadline) return null;
    await delay(pollMs);
  }
}

/** A zombie counts as dead: it holds no port and no file, and only its parent can remove it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !/^State:\s+[ZX]/m.test(readOr(`/proc/${pid}/status`));
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Sends each signal in turn until every one of these processes is gone. `waitMs` is the patience after each. */
export async function endProcesses(
  pids: readonly number[],
  steps: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[],
): Promise<void> {
  for (const step of steps) {
    for (const pid of pids) if (isAlive(pid)) signal(pid, step.signal);
    if (await waitUntil(() => !pids.some(isAlive), step.waitMs)) return;
  }
  throw new EmbeddedServerError(`processes ${pids.filter(isAlive).join(', ')} do not end, even when killed`);
}

/**
 * Processes of this machine whose command line (arguments joined by spaces) or working directory satisfies `match`.
 * Used to recognise a server of ours that outlived its launcher: a pid alone may have been given to another process.
 */
export function findProcesses(
  match: (of: { readonly command: string; readonly cwd: string }) => boolean,
): number[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (pid) => pid !== process.pid && isAlive(pid) && match({ command: commandOf(pid), cwd: cwdOf(pid) }),
    );
}

function commandOf(pid: number): string {
  return readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function cwdOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

export function readOr(path: string, otherwise = ''): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

export type Command = {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
};

/**
 * Starts a server in a session of its own, its output appended to `logFile`. Not in ours: a Ctrl-C or a closed
 * terminal would reach it at once, before the services that still need it to drain. It outlives a launcher that is
 * killed; the next start finds it by its data directory.
 */
export function spawnServer(command: Command, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command.file, command.arguments, {
      env: { ...command.env },
      ...(command.uid === undefined ? {} : { uid: command.uid, gid: command.gid ?? command.uid }),
      ...(command.cwd ? { cwd: command.cwd } : {}),
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The end of a log, for an error message. */
export function logTail(logFile: string, lines = 8): string {
  return readOr(logFile).trimEnd().split('\n').slice(-lines).join('\n');
}
