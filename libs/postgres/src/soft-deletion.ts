import type { Logger, Metrics } from '@marquee/telemetry';
import type { Database } from './database.ts';
import type { KeysetPage } from './keyset.ts';
import { hourMs, repeat, type Repeated } from './repeat.ts';
import { assertIdentifier } from './tenancy.ts';
import { systemScope, type Transaction } from './transaction.ts';

/** Set for the length of `withDeleted`; the policy of `deletableTable` reads it. */
const deletedSetting = 'marquee.deleted';

/**
 * SQL that lets a tenant's rows be deleted so that they can come back, for a migration. A deleted row is hidden by a
 * policy and not by a condition that some query would forget: no statement outside `withDeleted` reads, changes or locks
 * it, and one that waited for its lock finds it gone. Keys and constraints see it as ever.
 */
export function deletableTable(table: string): string {
  assertIdentifier(table);
  return `
    alter table ${table} add column deleted_at timestamptz(3);
    create policy deleted on ${table} as restrictive for select
      using (deleted_at is null or current_setting('${deletedSetting}', true) = 'shown');
    create index ${table}_deleted on ${table} (deleted_at, id) where deleted_at is not null;`;
}

/** Undoes `deletableTable`. */
export function undeletableTable(table: string): string {
  assertIdentifier(table);
  return `drop policy deleted on ${table}; alter table ${table} drop column deleted_at;`;
}

async function setSight(tx: Transaction, value: 'shown' | ''): Promise<void> {
  await tx.execute(`select set_config('${deletedSetting}', $1, true)`, [value]);
}

/** Deleted rows are in sight from now to the end of the transaction. */
export async function showDeleted(tx: Transaction): Promise<void> {
  await setSight(tx, 'shown');
}

/** Runs `work` with deleted rows in sight. Where it throws the transaction is lost, and the sight with it. */
export async function withDeleted<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await setSight(tx, 'shown');
  const value = await work();
  await setSight(tx, '');
  return value;
}

/** What was deleted, and until when it can come back. */
export type Deleted = {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: Date;
  readonly restorableUntil: Date;
};

export type Deletable = {
  /** Of `deletableTable`, as are those of the parts. */
  readonly table: string;
  /** The column that people know it by. */
  readonly name: string;
  /** What goes and comes back with it: by table, the condition on its rows where `$1` is the thing's id. */
  readonly parts?: Readonly<Record<string, string>>;
};

/** How one kind of thing is deleted, restored within the retention, and purged after it. */
export type SoftDeletion = {
  /**
   * Locks the thing, deleted or not, against all that uses it. Null where there is none, or where its time to come back
   * is over, whether or not it was purged.
   */
  lock(tx: Transaction, id: string): Promise<{ readonly deleted: Deleted | null } | null>;
  /** Hides the thing, which is locked, with its parts. */
  hide(tx: Transaction, id: string): Promise<Deleted>;
  /** Shows the thing again, which is locked, with the parts that went with it. */
  show(tx: Transaction, id: string): Promise<void>;
  /** One more than the page holds of what can come back, the newest first; keys: `deletedAt`, `id`. */
  list(tx: Transaction, page: KeysetPage): Promise<Deleted[]>;
  /**
   * Has each thing whose time is over removed by `purge`, in a transaction of its tenant that sees what is deleted. One
   * that fails is told to `onError` and holds up no other; any number of processes may at once. Answers how many went.
   */
  purgeDue(database: Database, purge: Purge, onError: (error: unknown) => void): Promise<number>;
};

/** Removes one thing, whose rows are in sight, and says so in the log. */
export type Purge = (tx: Transaction, id: string) => Promise<void>;

const batchSize = 100;

/**
 * Purges what is due, now and every hour, for as long as a service runs. `kind` names it, in the log and in the metric
 * of how many failed the last time.
 */
export function startPurging(
  database: Database,
  options: {
    readonly kind: string;
    readonly deletion: SoftDeletion;
    readonly purge: Purge;
    readonly onCommit: () => void;
    readonly logger: Logger;
    readonly metrics: Metrics;
  },
): Repeated {
  const { kind, deletion, purge, onCommit, logger, metrics } = options;
  const failing = metrics.gauge(
    'marquee_purges_failing',
    'Deleted things that could not be purged the last time',
  );
  let failed = 0;
  const onError = (error: unknown) => {
    failed += 1;
    logger.error({ error, kind }, 'something deleted was not purged this time');
  };
  const work = async () => {
    failed = 0;
    const purged = await deletion
      .purgeDue(database, purge, onError)
      .catch((error: unknown) => (onError(error), 0));
    failing.set(failed, { kind });
    if (purged > 0) onCommit();
  };
  return repeat({ everyMs: hourMs, work, onError });
}

export function createSoftDeletion(
  { table, name, parts = {} }: Deletable,
  retentionDays: number,
): SoftDeletion {
  for (const identifier of [table, name, ...Object.keys(parts)]) assertIdentifier(identifier);
  const until = `deleted_at + make_interval(days => ${Number(retentionDays)})`;
  const columns = `id, ${name} as name, deleted_at as "deletedAt", ${until} as "restorableUntil"`;

  return {
    lock: (tx, id) =>
      withDeleted(tx, async () => {
        const [row] = await tx.rows<Omit<Deleted, 'deletedAt'> & { readonly deletedAt: Date | null }>(
          `select ${columns} from ${table} where id = $1 and (deleted_at is null or ${until} > now()) for update`,
          [id],
        );
        if (!row) return null;
        const { deletedAt } = row;
        return { deleted: deletedAt && { ...row, deletedAt } };
      }),
    hide: (tx, id) =>
      withDeleted(tx, async () => {
        for (const [part, belongs] of Object.entries(parts)) {
          await tx.execute(
            `update ${part} set deleted_at = now() where deleted_at is null and (${belongs})`,
            [id],
          );
        }
        const [deleted] = await tx.rows<Deleted>(
          `update ${table} set deleted_at = now() where id = $1 returning ${columns}`,
          [id],
        );
        return deleted!;
      }),
    show: (tx, id) =>
      withDeleted(tx, async () => {
        for (const [part, belongs] of Object.entries(parts)) {
          await tx.execute(
            `update ${part} set deleted_at = null
              where deleted_at = (select deleted_at from ${table} where id = $1) and (${belongs})`,
            [id],
          );
        }
        await tx.execute(`update ${table} set deleted_at = null where id = $1`, [id]);
      }),
    list: (tx, { first, after }) =>
      withDeleted(tx, () =>
        tx.rows<Deleted>(
          `select ${columns} from ${table}
            where ${until} > now() and ($1::timestamptz is null or (deleted_at, id) < ($1, $2::uuid))
            order by deleted_at desc, id desc limit $3`,
          [after?.[0] ?? null, after?.[1] ?? null, first + 1],
        ),
      ),
    purgeDue: (database, purge, onError) => purgeAllDue(database, { table, until }, purge, onError),
  };
}

type Due = { readonly id: string; readonly organisationId: string };

async function purgeAllDue(
  database: Database,
  { table, until }: { readonly table: string; readonly until: string },
  purge: Purge,
  onError: (error: unknown) => void,
): Promise<number> {
  const purgeOne = (tx: Transaction, id: string) =>
    withDeleted(tx, async () => {
      const due = await tx.rows(
        `select id from ${table} where id = $1 and ${until} <= now() for update skip locked`,
        [id],
      );
      if (due.length > 0) await purge(tx, id);
      return due.length;
    });
  let purged = 0;
  let after: string | null = null;
  for (;;) {
    const due: Due[] = await database.read(systemScope, (tx) =>
      withDeleted(tx, () =>
        tx.rows<Due>(
          `select id, organisation_id as "organisationId" from ${table}
            where ${until} <= now() and ($1::uuid is null or id > $1) order by id limit ${batchSize}`,
          [after],
        ),
      ),
    );
    for (const { id, organisationId } of due) {
      purged += await database
        .transaction({ organisationId }, (tx) => purgeOne(tx, id))
        .catch((error: unknown) => (onError(error), 0));
    }
    if (due.length < batchSize) return purged;
    after = due.at(-1)!.id;
  }
}
