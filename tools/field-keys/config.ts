export type FieldKeysConfig = { readonly databaseUrl: string; readonly keysFile: string };

/** The service's own settings. Throws what is missing, all of it. */
export function readFieldKeysConfig(env: NodeJS.ProcessEnv = process.env): FieldKeysConfig {
  const { DATABASE_URL: databaseUrl, MARQUEE_FIELD_KEYS_FILE: keysFile } = env;
  const missing = Object.entries({ DATABASE_URL: databaseUrl, MARQUEE_FIELD_KEYS_FILE: keysFile })
    .filter(([, value]) => !value)
    .map(([name]) => `${name} must be set, as the service has it`);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  return { databaseUrl: databaseUrl!, keysFile: keysFile! };
}
