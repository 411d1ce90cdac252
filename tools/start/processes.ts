import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process as it can be found again: a pid alone may have been given to another one by now. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };

const pollMs = 20;

/** `startedAt` is the kernel's start time in clock ticks since boot; empty where there is no /proc. */
export function identify(pid: number): ProcessIdentity {
  return { pid, startedAt: startTimeOf(pid) };
}

/** Whether this very process still runs. A zombie does not: only its parent can remove it. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return exists(pid) && (startedAt === '' || startTimeOf(pid) === startedAt);
}

/** Sends a signal; a process that is gone already is fine. A negative pid means the whole process group. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks these processes to end, waits, and kills those that do not. */
export async function endProcesses(
  identities: readonly ProcessIdentity[],
  patienceMs: number,
): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const identity of identities) if (isRunning(identity)) sendSignal(identity.pid, signal);
    if (await waitFor(() => !identities.some(isRunning), patienceMs)) return;
  }
}

/** Polls until the condition holds; false when it does not in time. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    await delay(pollMs);
  }
}

/** The parent's pid; 0 where that cannot be known. */
export function parentOf(pid: number): number {
  return Number(statFields(pid)[1] ?? 0);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !['Z', 'X'].includes(statFields(pid)[0] ?? '');
}

function startTimeOf(pid: number): string {
  return statFields(pid)[19] ?? '';
}

/** Fields of /proc/PID/stat from the third on: the second, the command in brackets, may hold anything. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
