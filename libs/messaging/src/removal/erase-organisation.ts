import type { RemovalReport } from '@marquee/contracts';
import { destroySubjectKeys } from '@marquee/event-log';
import { isForeignKeyViolation, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { readTenantTables } from './tenant-data.ts';

/**
 * What stays of an organisation: that it was removed, and the log. That is a chain, of which no link can be taken out;
 * what is personal in it nobody can read any more, for its keys are destroyed.
 */
const staying = /^(event_(log|stream|chain\w*|subject_key)|removed_organisation)$/;

/** Notes, in the transaction of the news, that an organisation's rows are to go. Once, however often it is told. */
export async function noteRemoved(tx: Transaction, removalId: string): Promise<void> {
  await tx.execute(
    'insert into removed_organisation (organisation_id, removal_id) values ($1, $2) on conflict do nothing',
    [tx.organisationId, removalId],
  );
}

/** What went; null until all has gone. */
export async function readRemovalReport(tx: Transaction): Promise<RemovalReport | null> {
  const [row] = await tx.rows<{ rows: Record<string, number>; erasedAt: Date | null }>(
    'select rows, erased_at as "erasedAt" from removed_organisation',
  );
  return row?.erasedAt ? { erasedAt: row.erasedAt.toISOString(), rows: row.rows } : null;
}

const rowsAtOnce = 1_000;
const organisationsAtOnce = 10;

export type Erasing = {
  /** Tables of the service that stay as well. */
  readonly keep: readonly string[];
  readonly isStopped: () => boolean;
};

/**
 * Erases what organisations left that were removed: those that were not done yet, and again, once an hour, those that
 * were: news of other services that were on their way then, or a projection that is made anew, may have brought rows
 * back. Many small transactions; whoever dies in between, the next goes on.
 */
export async function eraseRemoved(database: Database, erasing: Erasing): Promise<void> {
  const due = await database.read(systemScope, (tx) =>
    tx.rows<{ id: string }>(
      `select organisation_id as id from removed_organisation
        where looked_at is null or looked_at < now() - interval '1 hour' order by looked_at nulls first limit $1`,
      [organisationsAtOnce],
    ),
  );
  for (const { id } of due) await eraseOrganisation(database, id, erasing);
}

async function eraseOrganisation(database: Database, organisationId: string, erasing: Erasing) {
  const scope = { organisationId };
  const tables = await database.read(scope, readTenantTables);
  let left = tables
    .map(({ name }) => name)
    .filter((name) => !staying.test(name) && !erasing.keep.includes(name));
  while (left.length > 0) {
    const named: string[] = [];
    for (const table of left) if (!(await eraseTable(database, scope, table, erasing))) named.push(table);
    if (erasing.isStopped()) return;
    // Rows that others name go after those; each round frees some.
    if (named.length === left.length)
      throw new Error(`${named.join(', ')} name each other: nothing can be erased`);
    left = named;
  }
  await database.transaction(scope, async (tx) => {
    await destroySubjectKeys(tx);
    await tx.execute(
      `update removed_organisation set looked_at = clock_timestamp(), erased_at = coalesce(erased_at, clock_timestamp())`,
    );
  });
}

/** Answers whether the table is empty now; not, where rows of others name some of its own. */
async function eraseTable(
  database: Database,
  scope: { readonly organisationId: string },
  table: string,
  { isStopped }: Erasing,
): Promise<boolean> {
  try {
    for (let gone = rowsAtOnce; gone === rowsAtOnce && !isStopped();)
      gone = await database.transaction(scope, (tx) => eraseSome(tx, table));
    return true;
  } catch (error) {
    if (isForeignKeyViolation(error)) return false;
    throw error;
  }
}

async function eraseSome(tx: Transaction, table: string): Promise<number> {
  const [erased] = await tx.rows<{ gone: number }>(
    'select erase_organisation_rows($1::regclass, $2) as gone',
    [table, rowsAtOnce],
  );
  const { gone } = erased!;
  if (gone > 0)
    await tx.execute(
      `update removed_organisation
          set rows = rows || jsonb_build_object($1::text, coalesce((rows ->> $1::text)::bigint, 0) + $2::bigint)`,
      [table, gone],
    );
  return gone;
}
