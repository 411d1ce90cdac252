import { createHash } from 'node:crypto';
import type { EntitySchema } from 'typeorm';
import pg from 'pg';
import { newUuid } from '@marquee/kernel';
import {
  migrate,
  openDatabase,
  provisionDatabase,
  type Database,
  type DatabaseOptions,
  type MigrationClass,
} from '@marquee/postgres';
import { testEnvironment } from './config.ts';
import { serverUrl } from './servers.ts';

export type TestDatabase = {
  /** Of the application role, as a service gets it. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly name: string;
  readonly database: Database;
  /** Closes and removes the database. */
  drop(): Promise<void>;
};

/**
 * A database of the test's own with these migrations run: a copy (~40 ms) of a template that the first caller of the
 * run makes once per set of migrations.
 */
export async function testDatabase(options: {
  /** The service or library, such as `venues`. */
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- EntitySchema is invariant in its row type
  readonly entities?: readonly EntitySchema<any>[];
  /** Pool size and timeouts, where a test needs others than a service's. */
  readonly connection?: Partial<DatabaseOptions>;
}): Promise<TestDatabase> {
  const adminUrl = await serverUrl('postgres');
  const template = templateName(options.name, options.migrations);
  const name = `${template}_${newUuid().slice(-12)}`;
  await withAdmin(adminUrl, async (admin) => {
    await ensureTemplate(admin, adminUrl, template, options.migrations);
    await admin.query(
      `create database ${name} template ${template} owner ${template}_owner strategy file_copy`,
    );
    // A copy takes the template's tables and grants, but not the grants on the database itself.
    await admin.query(`revoke connect, temporary on database ${name} from public`);
    await admin.query(`grant connect on database ${name} to ${template}_app`);
  });
  const urlAs = (role: string) => roleUrl(adminUrl, name, `${template}_${role}`);
  const database = await openDatabase({
    url: urlAs('app'),
    applicationName: options.name,
    entities: options.entities ?? [],
    ...options.connection,
  });
  return {
    url: urlAs('app'),
    ownerUrl: urlAs('owner'),
    name,
    database,
    drop: async () => {
      await database.close();
      await withAdmin(adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Named for the run too: on a server that outlives it, a template may not be older than the code. */
function templateName(name: string, migrations: readonly MigrationClass[]): string {
  const set = migrations.map((migration) => `${new migration().name}\n${migration.toString()}`).join('\n');
  const hash = createHash('sha256').update(set).digest('hex').slice(0, 8);
  return `test_${testEnvironment().run}_${name.replaceAll(/[^a-z0-9]/g, '_').slice(0, 20)}_${hash}`;
}

async function ensureTemplate(
  admin: pg.Client,
  adminUrl: string,
  template: string,
  migrations: readonly MigrationClass[],
): Promise<void> {
  const isDone = async () => {
    const { rows } = await admin.query<{ done: boolean }>(
      'select datistemplate as done from pg_database where datname = $1',
      [template],
    );
    return rows[0]?.done ?? false;
  };
  if (await isDone()) return;
  await admin.query('select pg_advisory_lock(hashtext($1))', [template]);
  try {
    if (await isDone()) return;
    // Half made by a process that died.
    await admin.query(`drop database if exists ${template} with (force)`);
    const { ownerUrl } = await provisionDatabase({ adminUrl, database: template, passwordFor });
    await migrate({ url: ownerUrl, migrations });
    await admin.query(`alter database ${template} is_template true`);
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [template]);
  }
}

const passwordFor = (role: string) => `test-${role}`;

function roleUrl(adminUrl: string, database: string, role: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = passwordFor(role);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Removes every database and role of a run from a server that was given by hand. */
export async function dropTestDatabases(adminUrl: string, run: string): Promise<void> {
  await withAdmin(adminUrl, async (admin) => {
    const names = async (sql: string) =>
      (await admin.query<{ name: string }>(sql, [`test\\_${run}\\_%`])).rows.map((row) => row.name);
    for (const name of await names('select datname as name from pg_database where datname like $1')) {
      await admin.query(`alter database ${name} is_template false`);
      await admin.query(`drop database ${name} with (force)`);
    }
    for (const name of await names('select rolname as name from pg_roles where rolname like $1')) {
      await admin.query(`drop role ${name}`);
    }
  });
}

async function withAdmin<T>(connectionString: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString, application_name: 'testkit' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
