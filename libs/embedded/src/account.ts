import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { isExecutable, searchPath } from './config.ts';
import { EmbeddedServerError } from './error.ts';
import { readOr, type Command } from './process.ts';

export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root, and initdb refuses a uid that has no name. So as root we run it as the system's
 * `postgres`; where there is none we make it, and where that cannot be done we use `nobody`. Null when not root.
 */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (account) return account;
  throw new EmbeddedServerError(
    'PostgreSQL does not run as root and this system has no `postgres` user: create one (useradd postgres), or start as an ordinary user.',
  );
}

function lookUp(name: string): Account | null {
  const line = readOr('/etc/passwd')
    .split('\n')
    .map((entry) => entry.split(':'))
    .find(([user]) => user === name);
  return line ? { name, uid: Number(line[2]), gid: Number(line[3]) } : null;
}

/** Files that PostgreSQL is to read and write, folders with all in them: as root they are given to whom it runs as. */
export function giveToPostgres(path: string): void {
  const account = unprivilegedAccount();
  if (!account) return;
  giveTo(account, path);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }))
    giveTo(account, join(path, name));
}

export function giveTo(account: Account | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/**
 * The command as this account runs it. Under a folder that only root may enter (a checkout in /root, mode 0700) the
 * account could reach neither binaries nor data; then setpriv (util-linux) hands it the one capability to pass
 * through directories, so that no permission of the user's folders is changed.
 */
export function asAccount(account: Account | null, command: Command, paths: readonly string[]): Command {
  if (!account) return command;
  const closed = paths.flatMap(ancestors).find((folder) => !canEnter(account, folder));
  if (!closed) return { ...command, uid: account.uid, gid: account.gid };
  const setpriv = findOnPath('setpriv');
  const capability = usableCapability();
  if (!setpriv || !capability) {
    throw new EmbeddedServerError(
      `PostgreSQL runs as the user ${account.name}, who may not enter ${closed}. Allow it (chmod o+x ${closed}), move Marquee elsewhere, or start as an ordinary user.`,
    );
  }
  const flags = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const ambient = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  // initdb looks for its binaries with access(2), which drops the capabilities of any uid but root's unless told not to.
  const kept = hasCapability(setPcap) ? ['--securebits=+no_setuid_fixup'] : [];
  const through = [...kept, ...flags, ...ambient];
  return { ...command, file: setpriv, arguments: [...through, command.file, ...command.arguments] };
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}

function canEnter(account: Account, folder: string): boolean {
  if (!existsSync(folder)) return true;
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === account.gid ? 0o010 : 0o001)) !== 0;
}

/** Numbers of capabilities, from linux/capability.h. */
const [dacOverride, dacReadSearch, setPcap] = [1n, 2n, 8n];

/** Docker keeps DAC_OVERRIDE for root but drops DAC_READ_SEARCH, the narrower of the two. */
function usableCapability(): string | null {
  if (hasCapability(dacReadSearch)) return 'dac_read_search';
  return hasCapability(dacOverride) ? 'dac_override' : null;
}

function hasCapability(number: bigint): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readOr('/proc/self/status'))?.[1] ?? '0';
  return (BigInt(`0x${effective}`) & (1n << number)) !== 0n;
}

function findOnPath(name: string): string | undefined {
  const folders = [...searchPath().split(delimiter).filter(Boolean), '/usr/bin', '/bin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}
