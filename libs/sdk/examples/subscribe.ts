// Has sales sent to an address of yours, by the typed client of the graph.
import { MarqueeError, type MarqueeClient } from '../src/index.ts';

/** The secret that verifies what is sent to `address`; in words why there is none. */
export async function subscribeToSales({ operations }: MarqueeClient, address: string): Promise<string> {
  // The same key, when this is sent again after a failure, makes no second endpoint.
  const input = { idempotencyKey: address, url: address, eventTypes: ['tickets.order-paid.v1'] };
  try {
    const { createWebhookEndpoint: made } = await operations.createWebhookEndpoint({ input });
    if (made.__typename === 'WebhookEndpointCreated') return made.secret;
    return made.message;
  } catch (error) {
    if (!(error instanceof MarqueeError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}
