import pg from 'pg';
import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { migrate, platformMigrations, systemRole } from '@marquee/postgres';
import type { Call, Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';

/** What a log needs and nothing of any service. */
export const logMigrations = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];

async function run(call: Call): Promise<number> {
  const url = call.text('database');
  if (url === undefined || call.words.length > 0) {
    throw new UsageError(
      'Where? marquee events init --database URL (the platform lays out its own databases)',
    );
  }
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new UsageError('--database must be a URL such as postgres://user:password@127.0.0.1:5432/name.');
  }
  await prepare(url);
  const ran = await migrate({ url, migrations: logMigrations });
  if (call.flag('json')) await call.io.out(`${JSON.stringify({ migrations: ran })}\n`);
  else if (ran.length === 0) await call.io.out('The event log is there already, and up to date.\n');
  else
    await call.io.out(
      `The event log is laid out (${ran.length} migrations). Try: marquee events append --help\n`,
    );
  return exitCodes.done;
}

/** Refuses a database with tables of somebody else's; makes the role that sees all tenants, and grants what it needs. */
async function prepare(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    if (rows.length > 0 && !rows.some(({ name }) => name === 'event_log')) {
      throw new CliError(
        `The database is not empty (${rows[0]!.name}${rows.length > 1 ? ', …' : ''}). Create one for the log: createdb NAME`,
      );
    }
    await client.query(prepareSql);
  } finally {
    await client.end();
  }
}

const prepareSql = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${systemRole}') then
      create role ${systemRole} nologin;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user)
       and not pg_has_role(current_user, '${systemRole}', 'SET') then
      execute format('grant ${systemRole} to %I with inherit false, set true', current_user);
    end if;
  end $$;
  grant usage on schema public to ${systemRole};
  alter default privileges in schema public grant select, insert, update, delete on tables to ${systemRole};
  alter default privileges in schema public grant usage, select on sequences to ${systemRole};`;

export const init: Command = {
  name: 'init',
  summary: 'Lays out an event log in an empty database',
  forms: ['--database URL'],
  notes: `The user owns the database, and may create roles unless the role marquee_system is there already. Safe to run again. The
platform needs none of this: npm start lays out each service's own.`,
  options: {
    database: { value: 'URL', help: 'of the owner, such as postgres://me:secret@127.0.0.1:5432/log' },
  },
  examples: ['init --database postgres://postgres:secret@127.0.0.1:5432/log'],
  run,
};
