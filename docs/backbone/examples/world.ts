import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres } from '@marquee/embedded';
import { eventLogMigrations } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, messagingMigrations, type Messaging } from '@marquee/messaging';
import {
  migrate,
  openDatabase,
  platformMigrations,
  provisionDatabase,
  type Database,
  type MigrationClass,
} from '@marquee/postgres';
import { silentLogger, type Metrics } from '@marquee/telemetry';
import pg from 'pg';
import { servers } from './config.ts';

/** What an example stands on: real servers and databases of its own, all gone when it ends. */
export type World = AsyncDisposable & {
  /** The tenant whose events these are. */
  readonly organisationId: string;
  /** A service's database, with the log's tables and those of `migrations`. Asked for again: another connection to it. */
  database(service: string, migrations?: readonly MigrationClass[]): Promise<Database>;
  /** A node of a service: its door to JetStream. */
  messaging(service: string, database: Database, metrics?: Metrics): Promise<Messaging>;
  /** A folder for files, such as keys. */
  readonly folder: string;
};

export async function createWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'backbone-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const postgresUrl = servers.postgresUrl ?? (await ownPostgres(folder, undo));
  let natsUrl = servers.natsUrl;
  const prefix = `example_${newUuid().slice(-12)}`;

  const database = async (service: string, own: readonly MigrationClass[] = []): Promise<Database> => {
    const name = `${prefix}_${service}`;
    const { ownerUrl, appUrl } = await provisionDatabase({
      adminUrl: postgresUrl,
      database: name,
      passwordFor: (role) => `example-${role}`,
    });
    const ran = await migrate({
      url: ownerUrl,
      migrations: [...platformMigrations, ...eventLogMigrations, ...messagingMigrations, ...own],
    });
    if (ran.length > 0) undo.push(() => dropDatabase(postgresUrl, name));
    const opened = await openDatabase({ url: appUrl, applicationName: service, entities: [] });
    undo.push(() => opened.close());
    return opened;
  };
  const messaging = async (service: string, of: Database, metrics?: Metrics): Promise<Messaging> => {
    natsUrl ??= await ownNats(folder, undo);
    const node = await connectMessaging({
      url: natsUrl,
      namespace: prefix,
      service,
      database: of,
      internalSecret: 'what the services of this example share',
      logger: silentLogger,
      ...(metrics && { metrics }),
    });
    undo.push(() => node.drain());
    return node;
  };
  return {
    organisationId: newUuid(),
    folder,
    database,
    messaging,
    [Symbol.asyncDispose]: async () => {
      for (const step of undo.toReversed()) await step();
    },
  };
}

async function ownPostgres(folder: string, undo: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startPostgres({
    dataDirectory: join(folder, 'postgres'),
    port: 0,
    logFile: join(folder, 'postgres.log'),
    superuserPassword: newUuid(),
  });
  undo.push(() => server.stop());
  return server.url;
}

async function ownNats(folder: string, undo: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startNats({
    dataDirectory: join(folder, 'nats'),
    port: 0,
    logFile: join(folder, 'nats.log'),
  });
  undo.push(() => server.stop());
  return server.url;
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  for (const role of ['owner', 'app']) await admin.query(`drop role if exists ${name}_${role}`);
  await admin.end();
}

/** Tries until it is so, for 20 s: what another process does is waited for, not timed. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
