import { findId } from './plant-door.test-support.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/** Where nothing listens, with a delivery to it; paused, so that nothing of it changes while others look. */
export async function plantWebhook(
  { client }: TestPlatform,
  token: string,
  marker: string,
): Promise<Target['ids']> {
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
  return { WebhookEndpoint: endpointId, Delivery: findId(sent)! };
}
