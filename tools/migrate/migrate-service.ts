import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, provisionDatabase, type MigrationClass } from '@marquee/postgres';
import type { MigrateConfig } from './config.ts';

const apps = join(import.meta.dirname, '..', '..', 'apps');

/** A migration that waits longer for a table than this holds up everybody who comes after it: better it fails. */
const lockTimeoutMs = 10_000;

/** Brings one service's database to the newest schema of this checkout. Answers the migrations that ran. */
export async function migrateService(service: string, config: MigrateConfig): Promise<readonly string[]> {
  const file = join(apps, service, 'src', 'migrations', 'index.ts');
  if (!/^[a-z][a-z0-9-]*$/.test(service) || !existsSync(file))
    throw new Error(`${service} is no service with migrations`);
  const { migrations } = (await import(pathToFileURL(file).href)) as {
    migrations: readonly MigrationClass[];
  };
  if (config.provision) await provision(config.ownerUrl, config.provision);
  const url = new URL(config.ownerUrl);
  url.searchParams.set('options', `-c lock_timeout=${lockTimeoutMs}`);
  return migrate({ url: url.toString(), migrations });
}

/** Database and roles as the addresses in the service's Secret name them. */
async function provision(
  ownerUrl: string,
  { adminUrl, appUrl }: NonNullable<MigrateConfig['provision']>,
): Promise<void> {
  const [owner, app] = [new URL(ownerUrl), new URL(appUrl)];
  const database = decodeURIComponent(owner.pathname.slice(1));
  const passwords = new Map([owner, app].map((url) => [url.username, decodeURIComponent(url.password)]));
  for (const role of [`${database}_owner`, `${database}_app`]) {
    if (!passwords.has(role))
      throw new Error(`the database ${database} needs the role ${role}, and no address names it`);
  }
  await provisionDatabase({ adminUrl, database, passwordFor: (role) => passwords.get(role)! });
}
