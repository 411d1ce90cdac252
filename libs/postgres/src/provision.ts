import type pg from 'pg';
import { assertIdentifier, systemRole } from './tenancy.ts';

const provisionLock = 6277834;

/**
 * Makes (or completes) a service's database and its two roles: `<database>_owner` changes the schema,
 * `<database>_app` reads and writes rows and owns nothing. Safe to run again, and by two at once. The admin is a
 * superuser, or a role with CREATEDB and CREATEROLE.
 */
export async function provisionDatabase(options: {
  readonly adminUrl: string;
  readonly database: string;
  readonly passwordFor: (role: string) => string;
}): Promise<{ readonly ownerUrl: string; readonly appUrl: string }> {
  const { adminUrl, database } = options;
  assertIdentifier(database);
  const [owner, app] = [`${database}_owner`, `${database}_app`];
  assertIdentifier(owner);
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [provisionLock]);
    await createRoles(admin, { owner, app }, options.passwordFor);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await admin.query(`create database ${database} owner ${owner}`);
    await admin.query(`revoke connect, temporary on database ${database} from public`);
    await admin.query(`grant connect on database ${database} to ${app}`);
  });
  const urlAs = (role: string) => withCredentials(adminUrl, database, role, options.passwordFor(role));
  await withClient(urlAs(owner), (client) => client.query(grants(owner, app)));
  return { ownerUrl: urlAs(owner), appUrl: urlAs(app) };
}

async function createRoles(
  admin: pg.Client,
  { owner, app }: { readonly owner: string; readonly app: string },
  passwordFor: (role: string) => string,
): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [[owner, app, systemRole]],
  );
  const existing = new Set(rows.map((row) => row.rolname));
  if (!existing.has(systemRole)) await admin.query(`create role ${systemRole} nologin`);
  for (const role of [owner, app]) {
    const verb = existing.has(role) ? 'alter' : 'create';
    await admin.query(`${verb} role ${role} login password ${admin.escapeLiteral(passwordFor(role))}`);
    // Not inherited: only a transaction that takes the role on by name may see all tenants.
    await admin.query(`grant ${systemRole} to ${role} with inherit false, set true`);
  }
  // A superuser needs no membership to make the owner's database; a mere CREATEROLE does.
  await admin.query(`
    do $$ begin
      if not (select rolsuper from pg_roles where rolname = current_user) then
        grant ${owner} to current_user with set true;
      end if;
    end $$`);
}

/**
 * The owner's own grants; `public` loses the schema, and every table to come is open to the application's rows. One
 * transaction, under a lock of this database's: PostgreSQL refuses two at once ("tuple concurrently updated").
 */
function grants(owner: string, app: string): string {
  return `
    select pg_advisory_xact_lock(${provisionLock});
    revoke all on schema public from public;
    grant usage on schema public to ${app}, ${systemRole};
    alter default privileges for role ${owner} in schema public
      grant select, insert, update, delete on tables to ${app}, ${systemRole};
    alter default privileges for role ${owner} in schema public
      grant usage, select on sequences to ${app}, ${systemRole};`;
}

function withCredentials(adminUrl: string, database: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  url.pathname = `/${database}`;
  return url.toString();
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { default: driver } = await import('pg');
  const client = new driver.Client({
    connectionString,
    application_name: 'provision',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined); // The statement under way is told; without a listener the process would end.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
