import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readMigrateConfig, type MigrateConfig } from './config.ts';
import { migrateService } from './migrate-service.ts';

const usage = `node tools/migrate/main.ts SERVICE [--wait-seconds N]

Brings the database of one service to the newest schema: under a lock, each migration in a transaction of its own.

  DATABASE_OWNER_URL   of the role that owns the database
  DATABASE_ADMIN_URL   where given, the database and its two roles are made first; DATABASE_URL names the second role
  --wait-seconds N     for a server that is not there yet (default 120)
`;

/** Not there yet, or starting. */
const comes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03']);

async function patiently(
  service: string,
  config: MigrateConfig,
  waitSeconds: number,
): Promise<readonly string[]> {
  const untilMs = Date.now() + waitSeconds * 1_000;
  for (;;) {
    try {
      return await migrateService(service, config);
    } catch (error) {
      const { code } = error as { code?: string };
      if (!code || !comes.has(code) || Date.now() > untilMs) throw error;
      process.stderr.write(`PostgreSQL does not answer yet (${code})\n`);
      await wait(2_000);
    }
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'wait-seconds': { type: 'string', default: '120' },
      help: { type: 'boolean', default: false },
    },
  });
  const [service] = positionals;
  const waitSeconds = Number(values['wait-seconds']);
  if (values.help || positionals.length !== 1 || !service || !(waitSeconds >= 0)) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  try {
    const ran = await patiently(service, readMigrateConfig(), waitSeconds);
    process.stdout.write(
      ran.length === 0 ? `${service}: nothing to do\n` : `${service}: ran ${ran.join(', ')}\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(`${service} was not migrated: ${(error as Error).message}\n`);
    return 1;
  }
}

process.exitCode = await main();
