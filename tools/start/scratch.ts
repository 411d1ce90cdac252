import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcesses, identify, isRunning, type ProcessIdentity } from './processes.ts';

/** Names the process that a folder belongs to. A folder without it is none of ours, or is only being made. */
const ownerFile = 'owner.json';

export type Scratch = {
  readonly path: string;
  remove(): void;
  /** Leaves it to whoever wants to look, who removes it. Answers where it is. */
  keep(): string;
};

/**
 * A folder of this process's own for servers and logs that are worth nothing afterwards. A process that was killed could not
 * remove its own, and left its servers running there: whoever comes next with the same name ends them and removes it.
 */
export async function openScratch(name: string, parent = tmpdir()): Promise<Scratch> {
  for (const folder of readdirSync(parent))
    if (folder.startsWith(`${name}-`)) await clearAway(join(parent, folder));
  const path = mkdtempSync(join(parent, `${name}-`));
  writeFileSync(join(path, ownerFile), JSON.stringify(identify(process.pid)));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true }),
    keep: () => {
      rmSync(join(path, ownerFile));
      return path;
    },
  };
}

async function clearAway(path: string): Promise<void> {
  const owner = ownerOf(path);
  if (!owner || isRunning(owner)) return;
  await endProcesses(runningOn(path), 2_000);
  rmSync(path, { recursive: true, force: true });
}

function ownerOf(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(join(path, ownerFile), 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

/** Processes that name something in the folder when they are started. */
function runningOn(path: string): ProcessIdentity[] {
  if (!existsSync('/proc/self')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map(Number)
    .filter((pid) => commandOf(pid).includes(`${path}/`))
    .map(identify);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
