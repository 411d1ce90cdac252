import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { giveToPostgres } from '@marquee/embedded';
import { withAdmin } from './world.ts';

/** Emptied at each start of PostgreSQL, or another server's: their folders are needed, and nothing in them. */
const emptied = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const leftOut = /^(postmaster\.(pid|opts)|current_logfiles|backup_label|tablespace_map)$|pgsql_tmp/;
const control = join('global', 'pg_control');

/** Settings with which a server keeps every piece of its write-ahead log, whole or after so many seconds. */
export function archiving(directory: string, timeoutSeconds: number): Record<string, string> {
  mkdirSync(directory, { recursive: true });
  giveToPostgres(directory);
  return {
    archive_mode: 'on',
    archive_timeout: `${timeoutSeconds}s`,
    // Never over one that is there, and never half: PostgreSQL takes it as kept when this ends well.
    archive_command: `test ! -f '${directory}/%f' && cp '%p' '${directory}/%f.part' && mv '${directory}/%f.part' '${directory}/%f'`,
  };
}

export type Backup = {
  readonly directory: string;
  readonly bytes: number;
  readonly ms: number;
  readonly startWal: string;
};

/**
 * A physical backup of a running server by PostgreSQL's own interface for it (pg_backup_start, copy, pg_backup_stop), which
 * pg_basebackup and pgBackRest stand on as well: neither comes with the server from npm, and Debian's are of an older version.
 */
export async function takeBackup(url: string, cluster: string, directory: string): Promise<Backup> {
  const startedMs = performance.now();
  return withAdmin(url, async (admin) => {
    const { rows: begun } = await admin.query<{ wal: string }>(
      `select pg_walfile_name(pg_backup_start('drill', fast => true)) as wal`,
    );
    let bytes = copyCluster(cluster, directory);
    const { rows } = await admin.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(wait_for_archive => true)',
    );
    writeFileSync(join(directory, 'backup_label'), rows[0]!.labelfile);
    if (rows[0]!.spcmapfile.trim() !== '')
      writeFileSync(join(directory, 'tablespace_map'), rows[0]!.spcmapfile);
    bytes += rows[0]!.labelfile.length;
    return { directory, bytes, ms: performance.now() - startedMs, startWal: begun[0]!.wal };
  });
}

/** Files change and go while they are copied: what the log holds of them is replayed over the copy. */
export function copyCluster(cluster: string, directory: string): number {
  let bytes = 0;
  const files = readdirSync(cluster, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !leftOut.test(name.split(sep).at(-1)!) && !leftOut.test(name),
  );
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // The control file last, as pg_basebackup has it.
  for (const name of [...files.filter((each) => each !== control), control]) {
    const from = join(cluster, name);
    if (!existsSync(from)) continue;
    const [top] = name.split(sep);
    if (statSync(from).isDirectory()) {
      if (top === name || !emptied.includes(top!))
        mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
    } else if (!emptied.includes(top!)) bytes += copied(from, join(directory, name));
  }
  return bytes;
}

function copied(from: string, to: string): number {
  try {
    mkdirSync(join(to, '..'), { recursive: true, mode: 0o700 });
    copyFileSync(from, to);
    return statSync(to).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Lays a backup out as the cluster of a server that has not started. `signal` says what it is to do first. */
export function layOut(backup: Backup, home: string, signal: 'recovery.signal' | 'standby.signal'): void {
  const cluster = join(home, 'cluster');
  cpSync(backup.directory, cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  for (const name of ['archive_status', 'summaries'])
    mkdirSync(join(cluster, 'pg_wal', name), { recursive: true, mode: 0o700 });
  writeFileSync(join(cluster, signal), '');
  giveToPostgres(home);
}

/** Settings with which a server reads the archive up to an instant, and then takes writes again. */
export function recoveringTo(archive: string, instant: string): Record<string, string> {
  return {
    restore_command: `cp '${archive}/%f' '%p'`,
    recovery_target_time: instant,
    recovery_target_action: 'promote',
  };
}
