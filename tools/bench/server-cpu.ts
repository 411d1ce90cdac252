import { readdirSync, readFileSync } from 'node:fs';

/** A clock tick of Linux's accounts, in milliseconds. */
const tickMs = 10;

/**
 * Processor time that a server and its children have used, in milliseconds; null where the system keeps no such accounts.
 * While others use the machine it says more than the time on the wall.
 */
export function serverCpuMs(pid: number): number | null {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(readProcess)
      .filter((each) => each !== null && (each.pid === pid || each.parent === pid))
      .reduce((sum, each) => sum + each!.ticks * tickMs, 0);
  } catch {
    return null;
  }
}

/** Ticks of the process and of its children that have ended. */
function readProcess(
  pid: string,
): { readonly pid: number; readonly parent: number; readonly ticks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid: Number(pid), parent: Number(fields[1]), ticks };
  } catch {
    return null; // it has ended
  }
}
