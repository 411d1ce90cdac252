import { pathToFileURL } from 'node:url';
import { migrate, type MigrationClass } from '@marquee/postgres';
import { workspaceRoot } from '../../start/config.ts';
import { findServices } from '../../start/services.ts';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { locate } from '../sources.ts';
import { logMigrations } from './init.ts';

async function run(call: Call): Promise<number> {
  if (call.words.length > 0)
    throw new UsageError('migrate takes options only: see marquee events migrate --help');
  for (const { service, url } of locate(call, 'owner')) {
    const ran = await migrate({ url, migrations: await migrationsOf(call, service) });
    if (call.flag('json')) await call.io.out(`${JSON.stringify({ service, migrations: ran })}\n`);
    else await call.io.out(`${service}: ${ran.length === 0 ? 'up to date' : ran.join(', ')}\n`);
  }
  return exitCodes.done;
}

/** A service's own include the log's. A database that was only named has the log and nothing else. */
async function migrationsOf(call: Call, service: string): Promise<readonly MigrationClass[]> {
  const path = findServices(workspaceRoot).find(({ name }) => name === service)?.migrations;
  if (call.text('database') !== undefined && call.all('service').length === 0) return logMigrations;
  if (path === undefined) throw new UsageError(`There is no service ${service} with a database.`);
  const module = (await import(pathToFileURL(path).href)) as { migrations: readonly MigrationClass[] };
  return module.migrations;
}

export const migrateLogs: Command = {
  name: 'migrate',
  summary: 'Brings databases to their newest tables, those of all services unless told',
  forms: ['[options]'],
  notes: `npm start does it too, at each start. Migrations run one after the other under a lock, so two at once are safe. With
--database the URL is the owner's, and the tables those of the log; add --service for a service's own.`,
  options: sourceOptions,
  examples: ['migrate', 'migrate --database postgres://owner:secret@127.0.0.1:5432/log'],
  run,
};
