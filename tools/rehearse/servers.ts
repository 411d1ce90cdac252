import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startNats, startPostgres } from '@marquee/embedded';
import { provisionDatabase } from '@marquee/postgres';
import pg from 'pg';
import { service, type Version } from './versions.ts';

/** The data stores that both versions share. */
export type Servers = {
  readonly natsUrl: string;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** Names of all migrations that ran. */
  migrated(): Promise<string[]>;
  /** How many messages of the queue have had their effect, by the track that took them. */
  handledMessages(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

const superuserPassword = 'rehearsal';

/** The Job that the chart renders before an upgrade, of the version that is asked for. */
export function migrationJob(
  { directory }: Version,
  ownerUrl: string,
  inherited: Readonly<Record<string, string>>,
) {
  return {
    file: join(directory, 'tools/migrate/main.ts'),
    env: { ...inherited, DATABASE_OWNER_URL: ownerUrl },
  };
}

/** Servers of their own, and the service's database as version N has it. */
export async function startServers(
  directory: string,
  present: Version,
  inherited: Readonly<Record<string, string>>,
): Promise<Servers> {
  const folder = (name: string) => {
    const dataDirectory = join(directory, name);
    mkdirSync(dataDirectory, { recursive: true });
    return { dataDirectory, logFile: `${dataDirectory}.log`, port: 0 };
  };
  const postgres = await startPostgres({ ...folder('postgres'), superuserPassword });
  try {
    const nats = await startNats(folder('nats'));
    const { ownerUrl, appUrl } = await provisionDatabase({
      adminUrl: postgres.url,
      database: service,
      passwordFor: () => superuserPassword,
    });
    const { file, env } = migrationJob(present, ownerUrl, inherited);
    await promisify(execFile)(process.execPath, [file, service], { env });
    const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    await owner.query('create table rehearsed_message (id uuid primary key, track text not null)');
    return {
      natsUrl: nats.url,
      databaseUrl: appUrl,
      ownerUrl,
      migrated: async () => {
        const { rows } = await owner.query<{ name: string }>('select name from schema_migration');
        return rows.map(({ name }) => name);
      },
      handledMessages: async () => {
        const { rows } = await owner.query<{ track: string; count: number }>(
          'select track, count(*)::int as count from rehearsed_message group by track',
        );
        return Object.fromEntries(rows.map(({ track, count }) => [track, count]));
      },
      stop: async () => {
        await owner.end();
        await nats.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
