export type MigrateConfig = {
  /** Of the owner of the service's database. */
  readonly ownerUrl: string;
  /** Where database and roles are to be made too: of a role that may, and that of the application role. */
  readonly provision?: { readonly adminUrl: string; readonly appUrl: string };
};

/** Throws what is wrong with the environment, all of it. */
export function readMigrateConfig(env: NodeJS.ProcessEnv = process.env): MigrateConfig {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: appUrl } = env;
  const faults = [
    ...fault('DATABASE_OWNER_URL', ownerUrl),
    ...(adminUrl ? [...fault('DATABASE_ADMIN_URL', adminUrl), ...fault('DATABASE_URL', appUrl)] : []),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return {
    ownerUrl: ownerUrl!,
    ...(adminUrl && appUrl && { provision: { adminUrl, appUrl } }),
  };
}

function fault(name: string, url: string | undefined): string[] {
  if (!url) return [`${name} must be set`];
  const isPostgres = URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol);
  return isPostgres ? [] : [`${name} must be a URL that begins with postgres:`];
}
