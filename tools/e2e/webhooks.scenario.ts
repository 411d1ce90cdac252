import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { runMarquee } from '../cli/marquee.ts';
import { operation } from '../client/journey.ts';
import { buy, must, newKey, planEvent, run } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import { playTour } from './readme.scenario.ts';

type Received = { readonly path: string; readonly headers: Record<string, string>; readonly body: string };

/** Takes whatever it is sent, on a port of its own. */
async function startReceiver() {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ path: request.url!, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.end('thank you');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    at: (path: string) => received.filter((each) => each.path === path),
    close: () => server.close(),
  };
}

const selection = `query ($orderId: ID!) {
  order(id: $orderId) { id status total { amountMinor currency } tickets { guest { name email } } }
}`;

/** From an endpoint through the graph to a message that the specification's own library verifies. */
export function describeWebhooks(platform: () => TestPlatform): void {
  describe('webhooks', () => {
    test('tell of a sale, as the event has it and as the graph does', async () => {
      const { client, tokens } = platform();
      const token = await tokens.token({ role: 'organiser', organisationId: newUuid() });
      const receiver = await startReceiver();
      const eventTypes = ['tickets.order-paid.v1'];
      const make = async (path: string, more: object = {}) => {
        const input = { idempotencyKey: newKey(), url: receiver.url + path, eventTypes, ...more };
        const made = await run(client, 'CreateWebhookEndpoint', { input }, token);
        return made as unknown as { endpoint: { id: string; status: string }; secret: string };
      };
      const [plain, selected] = [await make('/plain'), await make('/selected', { selection })];
      expect(plain.endpoint.status).toBe('ACTIVE');
      const event = await planEvent(client, token, 'Webhook night');
      const guest = { email: 'emmy@example.com', name: 'Emmy Noether' };
      const items = [{ ticketTypeId: event.standingId, quantity: 1 }];
      const { orderId } = await buy(client, token, { occurrenceId: event.occurrenceIds[0]!, items, guest });
      await eventually(() => {
        expect(receiver.at('/plain')).toHaveLength(1);
        expect(receiver.at('/selected')).toHaveLength(1);
      });
      const [asEvent] = receiver.at('/plain');
      expect(new Webhook(plain.secret).verify(asEvent!.body, asEvent!.headers)).toMatchObject({
        specversion: '1.0',
        type: 'tickets.order-paid.v1',
        source: '/marquee/tickets',
      });
      const [asGraph] = receiver.at('/selected');
      expect(new Webhook(selected.secret).verify(asGraph!.body, asGraph!.headers)).toMatchObject({
        data: { order: { id: orderId, status: 'PAID', tickets: [{ guest }] } },
      });

      const deliveries = async () => {
        const variables = { endpointId: plain.endpoint.id, first: 10 };
        type Log = { webhookEndpoint: { deliveries: { edges: { node: object }[] } } };
        const log = await client.query<Log>(operation('WebhookDeliveries'), variables, { token });
        return log.webhookEndpoint.deliveries.edges.map(({ node }) => node);
      };
      await eventually(async () => {
        expect(await deliveries()).toMatchObject([
          {
            eventType: 'tickets.order-paid.v1',
            status: 'DELIVERED',
            attempts: [{ number: 1, statusCode: 200 }],
          },
        ]);
      });
      const span = { from: new Date(Date.now() - 600_000), to: new Date(Date.now() + 600_000) };
      const input = { endpointId: plain.endpoint.id, ...span };
      expect(await must(client, 'ReplayDeliveries', { input }, token, 'ReplayStarted')).toBe(1);
      await eventually(() => expect(receiver.at('/plain')).toHaveLength(2));
      const ids = receiver.at('/plain').map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(1);
      receiver.close();
    });

    test('are explained to integrators by a page whose commands run', async () => {
      expect(await playTour(platform(), 'docs/integrators/README.md')).toBe(4);
    });

    test('reach a machine without a public address, and are verified and replayed by hand', async () => {
      const { tokens, running } = platform();
      const token = await tokens.token({ role: 'organiser', organisationId: newUuid() });
      const receiver = await startReceiver();
      const asked = ['--token', token, '--url', running.urls.gateway, '--json'];
      const said: string[] = [];
      const io = {
        out: async (text: string) => void said.push(text),
        err: (text: string) => void said.push(text),
        isTerminal: false,
        signal: new AbortController().signal,
      };
      const forward = ['--forward', `${receiver.url}/listened`, '--events', 'tickets.*', '--count', '1'];
      const listening = runMarquee(['listen', ...forward, ...asked], io);
      await eventually(() => expect(said).toHaveLength(1));
      const { endpoint, secret } = JSON.parse(said[0]!) as { endpoint: string; secret: string };
      // Not by looking every second: the platform tells it.
      await eventually(async () => {
        const metrics = await (await fetch(`${running.urls.gateway}/metrics`)).text();
        expect(metrics).toMatch(/^marquee_live_subscriptions(\{\})? [1-9]/m);
      });
      const trigger = ['trigger', 'tickets.order-paid.v1', '--endpoint', endpoint, ...asked];
      expect(await runMarquee(trigger, io)).toBe(0);
      expect(await listening).toBe(0);
      const [message] = receiver.at('/listened');
      new Webhook(secret).verify(message!.body, message!.headers);
      expect(JSON.parse(message!.body)).toMatchObject({ type: 'tickets.order-paid.v1', test: true });

      const file = join(running.home, 'message.json');
      writeFileSync(file, message!.body);
      const header = (name: string) => [`--${name}`, message!.headers[`webhook-${name}`]!];
      const headers = ['id', 'timestamp', 'signature'].flatMap(header);
      expect(await runMarquee(['verify', file, '--key', secret, ...headers], io)).toBe(0);
      writeFileSync(file, `${message!.body} `);
      expect(await runMarquee(['verify', file, '--key', secret, ...headers], io)).toBe(1);
      expect(said.at(-1)).toContain('Not genuine');
      // Its endpoint went with it.
      expect(await runMarquee(['replay', '--endpoint', endpoint, ...asked], io)).toBe(1);
      expect(said.at(-1)).toContain('was not found');
      receiver.close();
    });
  });
}
