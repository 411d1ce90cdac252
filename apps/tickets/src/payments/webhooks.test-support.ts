import { newUuid } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import { startHttpServer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import {
  accepted,
  createWorld,
  givenOccurrence,
  givenTicketType,
  guarded,
  hold,
  order,
  sandboxSecret,
  system,
  type World,
} from '../harness.test-support.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { carryOutSagas } from '../upkeep/later.test-support.ts';
import { factData } from './fact-data.ts';
import type { PaymentFact } from './provider.ts';
import { createSandboxPage, sandboxPagePath } from './sandbox/sandbox-page.ts';
import { createSandboxProvider } from './sandbox/sandbox-provider.ts';
import { startSandboxDeliveries } from './sandbox/sandbox-webhooks.ts';
import { signBody } from './signature.ts';
import { createWebhooks } from './webhooks.ts';

export type WebhookWorld = World & {
  /** Where the webhook endpoint listens. */
  readonly url: string;
  /** Everything due of the sandbox is delivered and worked off. */
  deliverAll(): Promise<void>;
  /** Posts a signed webhook as the sandbox would, and waits until it is worked off. Answers the status. */
  post(fact: PaymentFact, reference: string, options?: { id?: string; signedAt?: Date }): Promise<number>;
};

/** The service's own HTTP side: the webhook endpoint and the sandbox's page, on a real port. */
export async function createWebhookWorld(): Promise<WebhookWorld> {
  const metrics = createMetrics();
  const outbound = createOutbound({ name: 'own', timeoutMs: 20_000, logger: silentLogger, metrics });
  const bare = await createWorld();
  const { database } = bare;
  let publicUrl = 'http://127.0.0.1';
  const pages = () =>
    createSandboxPage({ database, publicUrl, secret: sandboxSecret, wake: () => undefined });
  const provider = createSandboxProvider(database, {
    lateMs: 60_000,
    secret: sandboxSecret,
    pageOf: (paymentId) => pages().pageOf(paymentId),
  });
  const services: Services = {
    ...bare.services,
    providers: new Map([['sandbox', guarded(provider)]]),
  };
  const webhooks = createWebhooks(services);
  const server = await startHttpServer({
    name: 'tickets',
    host: '127.0.0.1',
    port: 0,
    readiness: {},
    routes: { ...webhooks, [sandboxPagePath]: (exchange) => pages().route(exchange) },
    metrics,
    logger: silentLogger,
  });
  publicUrl = server.url;
  const url = `${server.url}/webhooks/payments/sandbox`;
  const deliveries = startSandboxDeliveries({
    database,
    url: () => url,
    secret: sandboxSecret,
    outbound,
    logger: silentLogger,
    everyMs: 0,
  });
  return {
    ...bare,
    services,
    url,
    deliverAll: async () => {
      await system(bare, (tx) =>
        tx.execute('update sandbox_webhook set deliver_at = now() where delivered_at is null'),
      );
      while ((await deliveries.deliverDue()) > 0);
      await carryOutSagas(services);
    },
    post: async (fact, reference, { id = newUuid(), signedAt = new Date() } = {}) => {
      const body = JSON.stringify({ id, paymentId: reference, fact: factData(fact) });
      const headers = { 'marquee-signature': signBody(body, sandboxSecret, signedAt) };
      const answer = await fetch(url, { method: 'POST', body, headers });
      await carryOutSagas(services);
      return answer.status;
    },
    drop: async () => {
      await server.drain(0);
      await outbound.close();
      await bare.drop();
    },
  };
}

export async function givenUnpaid(world: World, quantity = 2, quotaSize = 10) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const held = await accepted(hold(world, world.viewer, occurrence, type, { quantity }));
  return { occurrence, type, placed: await order(world, world.viewer, held) };
}

/** What a test compares: what the same facts must lead to, whatever their order. */
export async function stateOf(world: World, { id }: Pick<Order, 'id'>): Promise<Record<string, unknown>> {
  const [row] = await system(world, (tx) =>
    tx.rows<Record<string, unknown>>(
      `select o.status, o.paid_minor, o.refunded_minor, o.charged_back_minor,
         (select string_agg(p.status, ',' order by p.created_at) from payment p where p.order_id = o.id) as payments,
         (select string_agg(t.status, ',' order by t.status) from ticket t where t.order_id = o.id) as tickets
       from ticket_order o where o.id = $1`,
      [id],
    ),
  );
  return row!;
}

export async function referenceOf(world: World, placed: Pick<Order, 'id'>): Promise<string> {
  const [row] = await system(world, (tx) =>
    tx.rows<{ reference: string }>('select reference from payment where order_id = $1', [placed.id]),
  );
  return row!.reference;
}
