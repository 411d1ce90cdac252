import { readFileSync } from 'node:fs';
import { identify, isRunning, parentOf, type ProcessIdentity } from './processes.ts';

const pollMs = 500;
/** npm starts a shell, which starts us or becomes us. */
const levels = 3;

/**
 * Calls back once when the npm that runs this script is gone. npm dies of a SIGTERM without passing it on, and nobody
 * would be left to stop what it had started. Nothing happens where no npm is above us.
 */
export function whenStarterEnds(onEnd: () => void): void {
  const starter = findNpm(process.ppid, levels);
  if (!starter) return;
  const timer = setInterval(() => {
    if (isRunning(starter)) return;
    clearInterval(timer);
    onEnd();
  }, pollMs);
  timer.unref();
}

function findNpm(pid: number, left: number): ProcessIdentity | null {
  if (left === 0 || pid <= 1) return null;
  return /\bnpm\b/.test(commandOf(pid)) ? identify(pid) : findNpm(parentOf(pid), left - 1);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
