import type { Database } from './database.ts';
import type { MigrationClass } from './migrate.ts';
import { systemScope } from './transaction.ts';

/**
 * For readiness: resolves where every one of these migrations has run, and throws what is missing. There may be more of
 * them, of a newer version that runs beside this one. What was so once is not asked again: migrations stay.
 */
export function schemaCheck(database: Database, migrations: readonly MigrationClass[]): () => Promise<void> {
  const mine = migrations.map((migration) => new migration().name ?? migration.name);
  let isThere = false;
  return async () => {
    if (isThere) return;
    const rows = await database.read(systemScope, (tx) =>
      tx.rows<{ name: string }>('select name from schema_migration'),
    );
    const ran = new Set(rows.map(({ name }) => name));
    const missing = mine.filter((name) => !ran.has(name));
    if (missing.length > 0) throw new Error(`not migrated yet: ${missing.join(', ')}`);
    isThere = true;
  };
}
