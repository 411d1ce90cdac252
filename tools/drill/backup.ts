import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopPostgres } from '@marquee/embedded';
import { atLeast, atMost, seconds, type Drilled, type Gate } from './gates.ts';
import { archiving, layOut, recoveringTo, takeBackup, type Backup } from './physical-backup.ts';
import {
  lookAfter,
  lostOrders,
  reconcileAll,
  sold,
  startDrillNats,
  startDrillPostgres,
  startWorld,
  withAdmin,
  withOperator,
  type Stops,
  type World,
} from './world.ts';

export type DrillOptions = {
  readonly directory: string;
  readonly stops: Stops;
  readonly say: (text: string) => void;
  /** How long people buy between one step and the next. */
  readonly seconds: number;
  /** Data beside the platform's own, for backups to have something to carry. */
  readonly mebibytes: number;
};

/** An unfinished piece of the write-ahead log is archived after this: what a loss of the disk can cost at most. */
const archiveTimeoutSeconds = 2;
const gigabyte = 1024 ** 3;
const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

/** A figure a GB means little where a cluster is mostly empty files: rows that no compression makes smaller. */
async function fill(url: string, wanted: number): Promise<void> {
  const rowsOfMebibyte = 128;
  await withAdmin(url, async (admin) => {
    await admin.query('create table filling (piece text storage external)');
    await admin.query(
      `insert into filling select repeat(md5(n::text), 256) from generate_series(1, $1::int) n`,
      [wanted * rowsOfMebibyte],
    );
  });
}

type BackedUpWorld = {
  readonly world: World;
  readonly archive: string;
  readonly backup: Backup;
  readonly measured: Record<string, string | number>;
  readonly gates: Gate[];
};

/** Both kinds of backup, under traffic that does not notice. */
async function backUp(options: DrillOptions): Promise<BackedUpWorld> {
  const { directory, say } = options;
  const archive = join(directory, 'wal-archive');
  const postgresSettings = archiving(archive, archiveTimeoutSeconds);
  const world = await startWorld({ ...options, postgresSettings });
  say(`filling ${options.mebibytes} MiB`);
  await fill(world.postgres.url, options.mebibytes);
  await sleep(options.seconds * 1_000);
  const before = { ...world.traffic.ledger, paid: world.traffic.ledger.paid.length };
  say('backing up PostgreSQL and the streams, while people buy');
  const backup = await takeBackup(
    world.postgres.url,
    join(directory, 'postgres', 'cluster'),
    join(directory, 'backup'),
  );
  const startedMs = performance.now();
  const streams = await withOperator(world.nats[0]!.url, ({ streams: keeper }) =>
    keeper.backUp(join(directory, 'streams')),
  );
  const streamsMs = performance.now() - startedMs;
  const { ledger } = world.traffic;
  await sold(world.traffic, 3);
  return {
    world,
    archive,
    backup,
    measured: {
      'physical backup': `${mebibytes(backup.bytes)} in ${seconds(backup.ms)}`,
      'streams backed up': `${streams.length}, ${mebibytes(streams.reduce((sum, { bytes }) => sum + bytes, 0))} in ${seconds(streamsMs)}`,
      'orders paid meanwhile': ledger.paid.length - before.paid,
    },
    gates: [
      atMost('requests failed while it was backed up', ledger.faults - before.faults, 0),
      atLeast('streams in the backup', streams.length, 1),
      atLeast(
        'archived log that the backup begins with',
        existsSync(join(archive, backup.startWal)) ? 1 : 0,
        1,
      ),
    ],
  };
}

export async function drillBackup(options: DrillOptions): Promise<Drilled> {
  const { measured, gates } = await backUp(options);
  return { drill: 'backup', measured, gates };
}

/** What the archive has, and since when, by the server's own account. */
async function archived(url: string): Promise<{ wal: string; sinceMs: number }> {
  return withAdmin(url, async (admin) => {
    const { rows } = await admin.query<{ wal: string; since: number }>(
      `select last_archived_wal as wal, extract(epoch from clock_timestamp() - last_archived_time) * 1000 as since from pg_stat_archiver`,
    );
    return { wal: rows[0]!.wal, sinceMs: Number(rows[0]!.since) };
  });
}

/** Waits until the log of the instant is archived, and some time more. Answers what a loss would have cost at the worst moment. */
async function worstGap(url: string, wal: string): Promise<number> {
  let worstMs = 0;
  for (let looks = 0; looks < 10 * archiveTimeoutSeconds || (await archived(url)).wal <= wal; looks += 1) {
    worstMs = Math.max(worstMs, (await archived(url)).sinceMs);
    await sleep(100);
  }
  return worstMs;
}

type Disaster = {
  readonly target: string;
  readonly paidBefore: number;
  readonly atMs: number;
  readonly rpoMs: number;
};

/** Somebody drops a table of sold tickets; later both servers are gone with their disks. */
async function disaster(
  { world }: BackedUpWorld,
  { directory, seconds: pause, say }: DrillOptions,
): Promise<Disaster> {
  const { postgres, nats, network, traffic } = world;
  await sleep(pause * 1_000);
  const paidBefore = traffic.ledger.paid.length;
  const { target, wal } = await withAdmin(postgres.url, async (admin) => {
    const { rows } = await admin.query<{ target: string; wal: string }>(
      `select clock_timestamp()::text as target, pg_walfile_name(pg_current_wal_lsn()) as wal`,
    );
    return rows[0]!;
  });
  await sold(traffic, 3);
  say('the mistake: the tables of tickets are dropped');
  const url = new URL(postgres.url);
  url.pathname = '/marquee_tickets';
  await withAdmin(url.toString(), (admin) => admin.query('drop table scan, ticket cascade'));
  // Streams of an instant after the mistake: they know of more than the log will.
  await withOperator(nats[0]!.url, ({ streams }) => streams.backUp(join(directory, 'streams')));
  const rpoMs = await worstGap(postgres.url, wal);
  say('the disaster: PostgreSQL and NATS are killed, and their disks are gone');
  const atMs = performance.now();
  process.kill(postgres.pid, 'SIGKILL');
  process.kill(nats[0]!.pid, 'SIGKILL');
  network.postgres.reset();
  network.nats.reset();
  await Promise.all([postgres.exited, nats[0]!.exited]);
  await stopPostgres(join(directory, 'postgres'));
  for (const name of ['postgres', 'nats'])
    await rename(join(directory, name), join(directory, `lost-${name}`));
  return { target, paidBefore, atMs, rpoMs };
}

export async function drillRestore(options: DrillOptions): Promise<Drilled> {
  const { directory, stops, say } = options;
  const backedUp = await backUp(options);
  const { world, archive, backup } = backedUp;
  const { target, paidBefore, atMs, rpoMs } = await disaster(backedUp, options);
  say(`restoring PostgreSQL to ${target}`);
  const pitrStartedMs = performance.now();
  layOut(backup, join(directory, 'restored'), 'recovery.signal');
  const postgres = await startDrillPostgres(directory, 'restored', recoveringTo(archive, target));
  stops.later(() => postgres.stop());
  const pitrMs = performance.now() - pitrStartedMs;
  const nats = await startDrillNats(directory, 'nats-restored');
  stops.later(() => nats.stop());
  const streamsStartedMs = performance.now();
  await withOperator(nats.url, ({ streams }) => streams.restore(join(directory, 'streams')));
  const streamsMs = performance.now() - streamsStartedMs;
  say('reconciling logs and streams');
  const reconciled = await reconcileAll(world, postgres.url, nats.url, true);
  const lost = await lostOrders(postgres.url, world.traffic.ledger.paid.slice(0, paidBefore));
  world.network.postgres.leadTo(postgres.port);
  world.network.nats.leadTo(nats.port);
  await sold(world.traffic, 1);
  const rtoMs = performance.now() - atMs;
  await sold(world.traffic, 20);
  const after = await lookAfter(world, postgres.url, nats.url);
  const sum = (of: (each: (typeof reconciled)[number]) => number) =>
    reconciled.reduce((total, each) => total + of(each), 0);
  const perGigabyteMs = pitrMs / (backup.bytes / gigabyte);
  return {
    drill: 'restore',
    measured: {
      ...backedUp.measured,
      'PostgreSQL restored to the instant': seconds(pitrMs),
      'streams restored': seconds(streamsMs),
      'events in streams that no log has': `${sum(({ surplus }) => surplus)}, ${reconciled.filter(({ isDeleted }) => isDeleted).length} streams made anew`,
      'events in logs that no stream had': sum(({ missing }) => missing),
      'RPO, loss of the disk (worst moment seen)': seconds(rpoMs),
      'RTO, disaster to the next order paid': seconds(rtoMs),
      'orders paid before the instant': paidBefore,
      'rows looked at by the invariants': after.looked,
    },
    gates: [
      ...backedUp.gates,
      atMost('restore to an instant, a GB', perGigabyteMs, 30_000, seconds),
      atMost('orders of before the instant lost', lost, 0),
      atMost('RPO, loss of the disk', rpoMs, archiveTimeoutSeconds * 1_000 + 2_000, seconds),
      atMost('violations of invariants', after.violations, 0),
      atMost('events missing in streams at the end', after.missing, 0),
      atMost('events in streams and no log at the end', after.surplus, 0),
    ],
  };
}
