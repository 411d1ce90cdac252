import { accept, type Outcome } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import type { HttpAnswer, HttpRoute } from '@marquee/subgraph';
import { newCorrelationId, runWithCorrelation } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { applyFact } from './apply-fact.ts';
import { factData, readFactData } from './fact-data.ts';
import { findPaymentByReference, readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { WebhookEvent, WebhookRefused, WebhookRequest } from './provider.ts';

export const webhookPath = '/webhooks/payments/*';
/** Stripe's largest events have some tens of kilobytes. */
const maxBodyBytes = 256 * 1024;
/** Tried again for days where it cannot be understood, then left for someone to look at. */
export const maxAttempts = 50;

export type Webhook = {
  readonly organisationId: string;
  readonly provider: string;
  readonly eventId: string;
};

export type Webhooks = {
  readonly routes: Readonly<Record<string, HttpRoute>>;
  /** Resolves when nothing is being worked off any more. */
  drain(): Promise<void>;
};

/**
 * Where providers tell what happened. An event is verified, written down under its id and answered at once; what
 * follows from it is done afterwards, in transactions of its own, and by upkeep where that died. An event that is sent
 * again is known by its id and only answered.
 */
export function createWebhooks(services: Services): Webhooks {
  const underWay = new Set<Promise<void>>();
  const work = (webhook: Webhook) => {
    const correlation = { correlationId: newCorrelationId(), actor: `payments:${webhook.provider}` };
    const done = runWithCorrelation(correlation, () => workOffWebhook(services, webhook))
      .catch((error: unknown) =>
        services.logger.warn({ error, webhook }, 'a webhook could not be worked off'),
      )
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const route: HttpRoute = async (exchange) => {
    if (exchange.method !== 'POST') return { ...answer(405, 'Use POST.'), headers: { allow: 'POST' } };
    const provider = services.providers.get(exchange.path.split('/').at(-1) ?? '');
    if (!provider) return answer(404, 'There is no such payment provider.');
    const rawBody = await exchange.body();
    if (Buffer.byteLength(rawBody) > maxBodyBytes) return answer(413, 'The body is too long.');
    const { headers } = exchange;
    const received = await receiveWebhook(services, provider.name, { rawBody, headers, now: new Date() });
    if (!received.ok) return answer(400, received.refusal.message);
    if (received.value) work(received.value);
    return answer(200, 'Taken.');
  };
  return {
    routes: { [webhookPath]: route },
    drain: async () => {
      await Promise.all(underWay);
    },
  };
}

function answer(status: number, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ message }),
  };
}

/** Verifies an event and keeps it; null where it is known already, or tells nothing of a payment of ours. */
export async function receiveWebhook(
  services: Services,
  providerName: string,
  request: WebhookRequest,
): Promise<Outcome<Webhook | null, WebhookRefused>> {
  const read = services.providers.get(providerName)!.readWebhook(request);
  if (!read.ok) {
    services.logger.warn({ provider: providerName }, 'refused a webhook whose signature does not fit');
    return read;
  }
  const event = read.value;
  if (!event) return accept(null);
  const found = await services.database.transaction(
    systemScope,
    (tx) => findPaymentByReference(tx, providerName, event.paymentReference),
    { readOnly: true },
  );
  // An account that is shared with other systems tells of their payments too.
  if (!found) return accept(null);
  const { organisationId } = found;
  const kept = await services.database.transaction({ organisationId }, (tx) =>
    keepEvent(tx, providerName, event, found.payment.id),
  );
  return accept(kept ? { organisationId, provider: providerName, eventId: event.id } : null);
}

async function keepEvent(
  tx: Transaction,
  provider: string,
  event: WebhookEvent,
  paymentId: string,
): Promise<boolean> {
  const kept = await tx.execute(
    `insert into payment_webhook (organisation_id, provider, event_id, payment_id, fact)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [tx.organisationId, provider, event.id.slice(0, 200), paymentId, JSON.stringify(factData(event.fact))],
  );
  return kept === 1;
}

/** Lets follow what a kept event tells; does nothing where that was done. */
export async function workOffWebhook(
  services: Services,
  { organisationId, provider, eventId }: Webhook,
): Promise<void> {
  const scope = { organisationId };
  const name = [provider, eventId.slice(0, 200)];
  const open = await services.database.read(scope, async (tx) => {
    const [row] = await tx.rows<PaymentRow & { readonly fact: unknown }>(
      `select p.*, w.fact from payment_webhook w join payment p on p.id = w.payment_id
       where w.provider = $1 and w.event_id = $2 and w.processed_at is null`,
      name,
    );
    return row;
  });
  if (!open) return;
  const done = (error: string | null) =>
    services.database.transaction(scope, (tx) =>
      tx.execute(
        `update payment_webhook set attempts = attempts + 1, last_error = $3,
           processed_at = case when $3::text is null then now() end
         where provider = $1 and event_id = $2`,
        [...name, error],
      ),
    );
  try {
    await applyFact(services, scope, readPaymentRow(open), readFactData(open.fact));
    await done(null);
  } catch (error) {
    await done(String(error).slice(0, 500));
    throw error;
  }
}
