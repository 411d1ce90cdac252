import { openDatabase, systemScope, type Database } from '@marquee/postgres';
import { isUuid } from '@marquee/kernel';
import { readEnvironment, workspaceRoot } from '../start/config.ts';
import { databaseName } from '../start/databases.ts';
import { readRunning, type RunningServers } from '../start/run-state.ts';
import { loadSecrets } from '../start/secrets.ts';
import { findServices } from '../start/services.ts';
import type { Call } from './command.ts';
import { CliError, UsageError } from './errors.ts';

/** One service's database, opened as the service opens it. */
export type Source = {
  readonly service: string;
  readonly database: Database;
};

/** A query of a person's may take longer than one of a service's. */
const timeoutMs = 60_000;

/**
 * Opens the databases that the call names, those of the running platform unless it says --database, and closes them
 * when the work is done. Only those that have the table come.
 */
export async function withSources<T>(
  call: Call,
  table: 'event_log' | 'messaging_checkpoint' | 'saga',
  work: (sources: readonly Source[]) => Promise<T>,
): Promise<T> {
  const opened: Source[] = [];
  try {
    for (const { service, url } of locate(call)) opened.push({ service, database: await open(url) });
    return await work(await having(opened, table, call));
  } finally {
    await Promise.all(opened.map(({ database }) => database.close()));
  }
}

/** The one source of a call that cannot do with several. */
export function theOne(sources: readonly Source[], what: string): Source {
  const [first, ...more] = sources;
  if (first && more.length === 0) return first;
  throw new UsageError(
    `${what} is of one service: name it with --service (${sources.map(({ service }) => service).join(', ')}).`,
  );
}

type Located = { readonly service: string; readonly url: string };

/** Where the databases are; `role` is `app` as services have it, or `owner` who may change tables. */
export function locate(call: Pick<Call, 'all' | 'text'>, role: 'app' | 'owner' = 'app'): Located[] {
  const names = call.all('service');
  const given = call.text('database');
  if (given !== undefined) {
    if (names.length > 1) throw new UsageError('--database is of one service: give one --service at most.');
    return [{ service: names[0] ?? databaseOf(given), url: given }];
  }
  const services = findServices(workspaceRoot).filter(({ migrations }) => migrations);
  const unknown = names.filter((name) => !services.some((service) => service.name === name));
  if (unknown.length > 0) {
    const known = services.map(({ name }) => name).join(', ');
    throw new UsageError(`There is no service ${unknown.join(', ')} with a database; there is: ${known}.`);
  }
  const { home } = readEnvironment(workspaceRoot);
  const servers = runningServers();
  const { passwordFor } = loadSecrets(home);
  return services
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map(({ name }) => ({ service: name, url: urlOf(servers, name, role, passwordFor) }));
}

/** Where the running platform's servers answer. Throws a CliError that says how to start one. */
export function runningServers(): RunningServers {
  const { home } = readEnvironment(workspaceRoot);
  const servers = readRunning(home)?.servers;
  if (servers) return servers;
  throw new CliError(
    `No platform runs on ${home} (or it is only starting). Start one with npm start, or name a database: --database URL`,
  );
}

/** NATS as the services reach it. */
export function runningNats(): { readonly url: string; readonly namespace: string } {
  const { natsUrl, natsNamespace } = readEnvironment(workspaceRoot);
  return { url: natsUrl ?? runningServers().natsUrl, namespace: natsNamespace ?? 'marquee' };
}

function urlOf(
  servers: RunningServers,
  service: string,
  role: 'app' | 'owner',
  passwordFor: (role: string) => string,
): string {
  const database = databaseName(service);
  const url = new URL(servers.postgresUrl);
  url.username = `${database}_${role}`;
  url.password = encodeURIComponent(passwordFor(url.username));
  url.pathname = `/${database}`;
  return url.toString();
}

function databaseOf(url: string): string {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new UsageError('--database must be a URL such as postgres://user:password@127.0.0.1:5432/name.');
  }
  return decodeURIComponent(new URL(url).pathname.slice(1)).replace(/^marquee_/, '') || 'postgres';
}

async function open(url: string): Promise<Database> {
  return openDatabase({
    url,
    applicationName: 'marquee events',
    entities: [],
    poolSize: 2,
    statementTimeoutMs: timeoutMs,
    transactionTimeoutMs: timeoutMs,
  });
}

async function having(sources: readonly Source[], table: string, call: Call): Promise<Source[]> {
  const found: Source[] = [];
  for (const source of sources) {
    const [row] = await source.database.read(systemScope, (tx) =>
      tx.rows<{ there: boolean }>('select to_regclass($1) is not null as there', [table]),
    );
    if (row?.there) found.push(source);
  }
  if (found.length > 0) return found;
  const named = call.all('service').join(', ') || 'here';
  throw new CliError(
    table === 'event_log'
      ? `There is no event log (${named}). Lay one out: marquee events init --database URL`
      : `There are no ${table === 'saga' ? 'sagas' : 'subscriptions'} (${named}): the table ${table} is missing.`,
  );
}

/** --organisation, or undefined. */
export function organisationOf(call: Call): string | undefined {
  const given = call.text('organisation');
  if (given !== undefined && !isUuid(given)) {
    throw new UsageError(`--organisation must be the organisation's UUID, not "${given}".`);
  }
  return given;
}
