import type { Flags } from '@marquee/flags';
import { deriveSecret } from '@marquee/kernel';
import { createOutbound, type Outbound } from '@marquee/outbound';
import type { Database } from '@marquee/postgres';
import type { HttpRoute } from '@marquee/subgraph';
import type { Logger, Metrics } from '@marquee/telemetry';
import { guardProvider, type GuardedProvider, type PaymentProvider } from './provider.ts';
import { createSandboxPage, sandboxPagePath } from './sandbox/sandbox-page.ts';
import { createSandboxProvider } from './sandbox/sandbox-provider.ts';
import { startSandboxDeliveries } from './sandbox/sandbox-webhooks.ts';
import type { StripeSettings } from './stripe/stripe-provider.ts';

export type ProviderSettings = {
  readonly database: Database;
  readonly publicUrl: string;
  readonly timeoutMs: number;
  /** Null: no sandbox here. `webhookUrl` is asked for late: a server knows its port only once it listens. */
  readonly sandbox: { readonly internalSecret: string; readonly webhookUrl: () => string } | null;
  readonly stripe: StripeSettings | null;
  readonly flags: Pick<Flags, 'isOn'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

export type SetUpProviders = {
  readonly providers: ReadonlyMap<string, GuardedProvider>;
  readonly routes: Readonly<Record<string, HttpRoute>>;
  readonly states: () => readonly ReturnType<Outbound['state']>[];
  readonly close: () => Promise<void>;
};

/** The payment providers that this environment has, each behind a breaker of its own. */
export async function setUpProviders(settings: ProviderSettings): Promise<SetUpProviders> {
  const { flags, logger, metrics, timeoutMs } = settings;
  const outbounds: Outbound[] = [];
  const guard = (provider: PaymentProvider): [string, GuardedProvider] => {
    const name = `payments-${provider.name}`;
    const outbound = createOutbound({
      name,
      timeoutMs,
      breaker: { isOn: () => flags.isOn('breakers', name) },
      // Every call that changes something carries an idempotency key of ours.
      retry: { attempts: 2, safe: true },
      logger,
      metrics,
    });
    outbounds.push(outbound);
    const onFault = (error: unknown) =>
      logger.warn({ error, provider: provider.name }, 'the payment provider did not answer');
    return [provider.name, guardProvider(provider, outbound, onFault)];
  };
  const sandbox = settings.sandbox && setUpSandbox(settings, settings.sandbox);
  const found: PaymentProvider[] = sandbox ? [sandbox.provider] : [];
  if (settings.stripe) {
    // Only where it is used: the library is large.
    const { createStripeProvider } = await import('./stripe/stripe-provider.ts');
    found.push(createStripeProvider(settings.stripe));
  }
  return {
    providers: new Map(found.map(guard)),
    routes: sandbox ? { [sandboxPagePath]: sandbox.route } : {},
    states: () => outbounds.map((outbound) => outbound.state()),
    close: async () => {
      await sandbox?.stop();
      await Promise.all(outbounds.map((outbound) => outbound.close()));
    },
  };
}

function setUpSandbox(
  { database, publicUrl, flags, logger, metrics }: ProviderSettings,
  { internalSecret, webhookUrl }: NonNullable<ProviderSettings['sandbox']>,
) {
  // A secret of its own, so that nothing the sandbox signs means anything elsewhere.
  const secret = deriveSecret(internalSecret, 'payments sandbox');
  const name = 'sandbox-webhooks';
  const breaker = { isOn: () => flags.isOn('breakers', name) };
  const outbound = createOutbound({ name, timeoutMs: 5_000, breaker, logger, metrics });
  const deliveries = startSandboxDeliveries({
    database,
    url: webhookUrl,
    secret,
    outbound,
    logger,
    everyMs: 1_000,
  });
  const { pageOf, route } = createSandboxPage({ database, publicUrl, secret, wake: deliveries.wake });
  return {
    provider: createSandboxProvider(database, { secret, pageOf, wake: deliveries.wake }),
    route,
    stop: async () => {
      await deliveries.stop();
      await outbound.close();
    },
  };
}
