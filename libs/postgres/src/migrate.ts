import type { DataSource, MigrationInterface } from 'typeorm';
import { quietLogger } from './quiet-logger.ts';

/** Hand-written SQL, up and down; `name` ends in 13 digits of Unix milliseconds, by which migrations are ordered. */
export type MigrationClass = new () => MigrationInterface;

type MigrationOptions = {
  /** Of the owner: the application role may not change the schema. */
  readonly url: string;
  readonly migrations: readonly MigrationClass[];
  /** Longest wait for another migrator to finish; default 60,000. */
  readonly lockTimeoutMs?: number;
};

/** Any number does, if only every migrator of a database takes the same; spells "marquee" on a telephone. */
const migrationLock = 6277833;

/** Runs what was not run yet, each in a transaction of its own, and answers the names. Only one migrator at a time works. */
export async function migrate(options: MigrationOptions): Promise<string[]> {
  return withMigrator(options, async (dataSource) => {
    const run = await dataSource.runMigrations({ transaction: 'each' });
    return run.map((migration) => migration.name);
  });
}

/** Takes back the newest `count` migrations (default: all) through their `down`. For tests and rehearsals. */
export async function revertMigrations(
  options: MigrationOptions & { readonly count?: number },
): Promise<void> {
  const count = Math.min(options.count ?? Infinity, options.migrations.length);
  await withMigrator(options, async (dataSource) => {
    for (let done = 0; done < count; done++) await dataSource.undoLastMigration({ transaction: 'each' });
  });
}

async function withMigrator<T>(
  options: MigrationOptions,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const [{ DataSource }, { default: driver }] = await Promise.all([import('typeorm'), import('pg')]);
  const dataSource = new DataSource({
    type: 'postgres',
    driver,
    url: options.url,
    applicationName: 'migrate',
    migrations: [...options.migrations],
    migrationsTableName: 'schema_migration',
    synchronize: false,
    logger: quietLogger,
    installExtensions: false,
    poolSize: 2, // one holds the lock, one works
  });
  await dataSource.initialize();
  try {
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query(`set lock_timeout = ${Math.round(options.lockTimeoutMs ?? 60_000)}`);
      await lock.query('select pg_advisory_lock($1)', [migrationLock]);
      const answer = await work(dataSource);
      await lock.query('select pg_advisory_unlock($1)', [migrationLock]);
      return answer;
    } finally {
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
