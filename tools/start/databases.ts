import { pathToFileURL } from 'node:url';
import { migrate, provisionDatabase, type MigrationClass } from '@marquee/postgres';

export type DatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string };

export type Migrated = {
  readonly name: string;
  /** The module that exports `migrations`. */
  readonly migrations: string;
  /** Read the module again although it was imported before. */
  readonly fresh?: boolean;
};

/** `marquee_` keeps our databases and roles apart from others on a server that is not ours alone. */
export function databaseName(service: string): string {
  return `marquee_${service.replaceAll('-', '_')}`;
}

/** Makes or completes one service's database and brings it to its newest schema. Answers the migrations that ran. */
export async function prepareDatabase(
  service: Migrated,
  adminUrl: string,
  passwordFor: (role: string) => string,
): Promise<DatabaseUrls & { readonly ran: readonly string[] }> {
  const database = databaseName(service.name);
  const urls = await provisionDatabase({ adminUrl, database, passwordFor });
  const module = pathToFileURL(service.migrations);
  if (service.fresh) module.searchParams.set('at', `${Date.now()}`);
  const { migrations } = (await import(module.href)) as { migrations: readonly MigrationClass[] };
  const ran = await migrate({ url: urls.ownerUrl, migrations });
  return { ...urls, ran };
}
