import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createGraphClient, type GraphClient } from '../client/graph-client.ts';
import { waitUntilSettled } from '../client/settled.ts';
import { createTokens, type Tokens } from '../client/tokens.ts';
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.ts';
import { logTail } from '../start/log-file.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';

/** The real platform: every service its own process, on servers and ports of its own. */
export type TestPlatform = {
  readonly running: RunningPlatform;
  readonly client: GraphClient;
  readonly tokens: Tokens;
  /** What the services export: logs, metrics, and the spans of whoever sends a sampled `traceparent`. */
  readonly telemetry: OtlpReceiver;
  /** Rows as the superuser sees them, past every policy: for what no operation shows. */
  rows<R>(service: string, sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Everything that a service's database holds of an organisation, as one digest a table. */
  fingerprint(organisationId: string): Promise<Readonly<Record<string, string>>>;
  /** The last lines that a process wrote. */
  logEnd(name: string): string;
  /** Resolves when every event has been handled by whoever listens to it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export async function startTestPlatform(options: { readonly demo: boolean }): Promise<TestPlatform> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-e2e-'));
  const telemetry = await startOtlpReceiver();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: telemetry.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=0.1.0',
    OTEL_METRIC_EXPORT_INTERVAL: '10000',
    OTEL_METRIC_EXPORT_TIMEOUT: '10000',
    OTEL_BSP_SCHEDULE_DELAY: '1000',
    OTEL_BLRP_SCHEDULE_DELAY: '1000',
    MARQUEE_REMOVAL_GRACE_DAYS: '0',
    // Nobody looks at the spans of the other scenarios.
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  };
  const platform = { home, port: 0, demo: options.demo, logLevel: 'info', env };
  const running = await startPlatform(platform).catch(async (error: unknown) => {
    await telemetry.close();
    rmSync(home, { recursive: true, force: true });
    throw error;
  });
  const client = createGraphClient({ url: running.urls.graph });
  const rows = async <R>(service: string, sql: string, parameters: readonly unknown[] = []): Promise<R[]> => {
    const database = new URL(running.databases[service]!.ownerUrl).pathname;
    return withSuperuser(running.urls.postgres, database, async (admin) => {
      const { rows: found } = await admin.query(sql, [...parameters]);
      return found as R[];
    });
  };
  return {
    running,
    client,
    telemetry,
    tokens: createTokens(home),
    rows,
    logEnd: (name) => logTail(join(home, 'logs', `${name}.log`), 40),
    settled: () => waitUntilSettled(Object.values(running.urls.services), 150_000),
    fingerprint: (organisationId) => fingerprint(running, organisationId),
    stop: async () => {
      await client.close();
      await running.stop();
      await telemetry.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function fingerprint(
  running: RunningPlatform,
  organisationId: string,
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [service, { ownerUrl }] of Object.entries(running.databases)) {
    await withSuperuser(running.urls.postgres, new URL(ownerUrl).pathname, async (admin) => {
      const { rows: tables } = await admin.query<{ name: string }>(
        `select table_name as name from information_schema.columns
         where table_schema = 'public' and column_name = 'organisation_id'
           -- sealed in the background, whenever it is their turn
           and table_name not like 'event\\_chain%' order by 1`,
      );
      for (const { name } of tables) {
        const { rows } = await admin.query<{ digest: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
           from ${name} t where organisation_id = $1`,
          [organisationId],
        );
        digests[`${service}.${name}`] = rows[0]!.digest;
      }
    });
  }
  return digests;
}

async function withSuperuser<T>(
  adminUrl: string,
  database: string,
  work: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  const url = new URL(adminUrl);
  url.pathname = database;
  const admin = new pg.Client({ connectionString: url.toString(), application_name: 'e2e' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
