export type BillingConfig = { readonly databaseUrl: string; readonly billingFile: string | undefined };

/** The hub's own settings. */
export function readBillingConfig(env: NodeJS.ProcessEnv = process.env): BillingConfig {
  const { DATABASE_URL: databaseUrl, MARQUEE_BILLING_FILE: billingFile } = env;
  if (!databaseUrl) throw new Error('DATABASE_URL must be set, as the hub has it');
  return { databaseUrl, billingFile };
}
