import { accept, type Outcome } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import type { HttpAnswer, HttpRoute } from '@marquee/subgraph';
import { newCorrelationId, runWithCorrelation } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { applyFact } from './apply-fact.ts';
import { factData, readFactData } from './fact-data.ts';
import { findPaymentByReference, readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { ToldEvent } from './payment-saga.ts';
import type { WebhookEvent, WebhookRefused, WebhookRequest } from './provider.ts';
import { tellOfPayment } from './tell-payment.ts';

export const webhookPath = '/webhooks/payments/*';
/** Stripe's largest events have some tens of kilobytes. */
const maxBodyBytes = 256 * 1024;

export type Webhook = ToldEvent & { readonly organisationId: string };

/**
 * Where providers tell what happened. An event is verified, written down under its id together with the news of it to
 * the payment's saga, and answered; what follows from it is the saga's. An event that is sent again is known by its id
 * and only answered.
 */
export function createWebhooks(services: Services): Readonly<Record<string, HttpRoute>> {
  const route: HttpRoute = async (exchange) => {
    if (exchange.method !== 'POST') return { ...answer(405, 'Use POST.'), headers: { allow: 'POST' } };
    const provider = services.providers.get(exchange.path.split('/').at(-1) ?? '');
    if (!provider) return answer(404, 'There is no such payment provider.');
    const rawBody = await exchange.body();
    if (Buffer.byteLength(rawBody) > maxBodyBytes) return answer(413, 'The body is too long.');
    const { headers } = exchange;
    const correlation = { correlationId: newCorrelationId(), actor: `payments:${provider.name}` };
    const received = await runWithCorrelation(correlation, () =>
      receiveWebhook(services, provider.name, { rawBody, headers, now: new Date() }),
    );
    return received.ok ? answer(200, 'Taken.') : answer(400, received.refusal.message);
  };
  return { [webhookPath]: route };
}

function answer(status: number, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ message }),
  };
}

/** Verifies an event, keeps it and tells the payment's saga; one that tells nothing of a payment of ours is ignored. */
export async function receiveWebhook(
  services: Services,
  providerName: string,
  request: WebhookRequest,
): Promise<Outcome<null, WebhookRefused>> {
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
  await services.database.transaction({ organisationId: found.organisationId }, async (tx) => {
    const told = { provider: providerName, eventId: event.id.slice(0, 200) };
    if (!(await keepEvent(tx, told, event, found.payment.id))) return;
    await tellOfPayment(tx, found.payment.id, told);
    tx.afterCommit(services.wakeSagas);
  });
  return accept(null);
}

async function keepEvent(
  tx: Transaction,
  { provider, eventId }: ToldEvent,
  { fact }: WebhookEvent,
  paymentId: string,
): Promise<boolean> {
  const kept = await tx.execute(
    `insert into payment_webhook (organisation_id, provider, event_id, payment_id, fact, handed_over_at)
     values ($1, $2, $3, $4, $5, now()) on conflict do nothing`,
    [tx.organisationId, provider, eventId, paymentId, JSON.stringify(factData(fact))],
  );
  return kept === 1;
}

/** Lets follow what a kept event tells; does nothing where that was done. */
export async function followWebhook(
  services: Services,
  { organisationId, provider, eventId }: Webhook,
): Promise<void> {
  const { database } = services;
  const scope = { organisationId };
  const open = await database.read(scope, async (tx) => {
    const [row] = await tx.rows<PaymentRow & { readonly fact: unknown }>(
      `select p.*, w.fact from payment_webhook w join payment p on p.id = w.payment_id
       where w.provider = $1 and w.event_id = $2 and w.processed_at is null`,
      [provider, eventId],
    );
    return row;
  });
  if (!open) return;
  await applyFact(services, scope, readPaymentRow(open), readFactData(open.fact));
  await database.transaction(scope, (tx) =>
    tx.execute('update payment_webhook set processed_at = now() where provider = $1 and event_id = $2', [
      provider,
      eventId,
    ]),
  );
}
