import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

export type Child = {
  readonly pid: number;
  readonly running: boolean;
  /** Resolves with the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** Asks it to end, and makes it where it takes longer. */
  stop(graceMs?: number): Promise<void>;
};

/** The programs that a rehearsal needs beside Node; says what to install where one is missing. */
export function missingPrograms(): string[] {
  const packages = { haproxy: 'haproxy', prometheus: 'prometheus' };
  return Object.entries(packages)
    .filter(([program]) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error)
    .map(([, name]) => name);
}

/** A process of ours, its output in a file. */
export function startChild(
  command: string,
  args: readonly string[],
  { env, logFile }: { readonly env: Readonly<Record<string, string>>; readonly logFile: string },
): Child {
  const log = openSync(logFile, 'a');
  const child: ChildProcess = spawn(command, args, { env, stdio: ['ignore', log, log] });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid!,
    get running() {
      return running();
    },
    ended,
    signal: (name) => void child.kill(name),
    stop: async (graceMs = 15_000) => {
      if (!running()) return;
      child.kill('SIGTERM');
      const late = await Promise.race([ended.then(() => false), wait(graceMs, true, { ref: false })]);
      if (!late) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Waits until `url` answers with 200. Throws where the process ended or the time is over. */
export async function untilReady(
  url: string,
  child: { readonly running: boolean },
  timeoutMs = 60_000,
): Promise<void> {
  const untilMs = performance.now() + timeoutMs;
  while (performance.now() < untilMs) {
    if (!child.running) throw new Error(`the process behind ${url} ended before it was ready`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await wait(50);
  }
  throw new Error(`${url} was not ready within ${timeoutMs / 1_000} s`);
}
