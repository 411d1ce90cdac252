import { encodeId, newUuid } from '@marquee/kernel';
import { decodeJwt } from 'jose';
import { findId } from './plant-door.test-support.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/** An endpoint where nothing listens, paused, so that nothing of it changes; a delivery to it; and an invoice. */
export async function plantWebhook(
  platform: TestPlatform,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const { client } = platform;
  const input = { url: `http://127.0.0.1:9/${marker}`, eventTypes: ['hub.endpoint-deleted.v1'] };
  const made = await client.query<object>(
    `mutation MakeWebhook($input: CreateWebhookEndpointInput!) {
      createWebhookEndpoint(input: $input) { ... on WebhookEndpointCreated { endpoint { id } } } }`,
    { input },
    { token },
  );
  const endpointId = findId(made)!;
  const sent = await client.query<object>(
    `mutation TryWebhook($id: ID!, $test: SendTestEventInput!) {
      pauseWebhookEndpoint(id: $id) { __typename }
      sendTestEvent(input: $test) { ... on TestEventSent { delivery { id } } } }`,
    { id: endpointId, test: { endpointId, eventType: 'hub.endpoint-deleted.v1' } },
    { token },
  );
  const PlatformInvoice = await plantInvoice(platform, String(decodeJwt(token)['org']));
  return { WebhookEndpoint: endpointId, Delivery: findId(sent)!, PlatformInvoice };
}

/** Of a month in which nothing was asked for: none is due before a month is over. */
async function plantInvoice(platform: TestPlatform, organisationId: string): Promise<string> {
  const id = newUuid();
  await platform.rows(
    'hub',
    `insert into platform_invoice (organisation_id, id, number, plan, period_start, period_end, requests, lines,
       total_minor, currency)
     values ($1, $2, 1, 'free', '2020-01-01', '2020-02-01', 0,
       '[{"kind":"INCLUDED_REQUESTS","quantity":0,"amountMinor":"0"}]', 0, 'EUR')`,
    [organisationId, id],
  );
  return encodeId('PlatformInvoice', id);
}
