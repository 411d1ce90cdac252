import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import { newKey, planEvent, run } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

/** Refuses the first message, takes the others, and keeps their headers. */
async function startReluctantReceiver() {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    request.resume().on('end', () => response.writeHead(received.length === 1 ? 503 : 200).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, received, close: () => server.close() };
}

/** Where a request comes by, in order: who says so, how its span is called, and of which kind that is. */
const hops = [
  ['gateway', /^POST \/graphql$/, 'SERVER'],
  ['gateway', /^graphql execute$/, 'INTERNAL'],
  ['gateway', /^tickets call$/, 'CLIENT'],
  ['tickets', /^POST \/graphql$/, 'SERVER'],
  ['tickets', /^judge holds$/, 'INTERNAL'],
  ['tickets', /^pg\.query/, 'CLIENT'],
  ['tickets', /^tickets publish$/, 'PRODUCER'],
  ['hub', /^webhooks handle$/, 'CONSUMER'],
  ['hub', /^pg\.query/, 'CLIENT'],
  ['hub', /^webhook attempt$/, 'CLIENT'],
] as const;

/** One request, followed by its correlation id from its client to the receiver of a webhook, through an OTLP receiver. */
export function describeTelemetry(platform: () => TestPlatform): void {
  describe('telemetry', () => {
    test('follows a hold from gateway to webhook in one trace without a gap, under its correlation id', async () => {
      const { client, tokens, telemetry, rows } = platform();
      const token = await tokens.token({ role: 'organiser', organisationId: newUuid() });
      const receiver = await startReluctantReceiver();
      const correlationId = `follow-${newUuid()}`;
      const [traceId, clientSpan] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
      const headers = {
        'x-correlation-id': correlationId,
        traceparent: `00-${traceId}-${clientSpan}-01`,
      };
      try {
        const event = await planEvent(client, token, 'Traced night');
        const endpoint = {
          idempotencyKey: newKey(),
          url: receiver.url,
          eventTypes: ['tickets.hold-placed.v1'],
        };
        await run(client, 'CreateWebhookEndpoint', { input: endpoint }, token);
        const items = [{ ticketTypeId: event.standingId, quantity: 1 }];
        const input = { idempotencyKey: newKey(), occurrenceId: event.occurrenceIds[0]!, items };
        await client.query(operation('HoldTickets'), { input }, { token, headers });

        // The second attempt comes five seconds after the first.
        await eventually(() => expect(receiver.received).toHaveLength(2));
        for (const sent of receiver.received) {
          expect(sent['x-correlation-id']).toBe(correlationId);
          expect(sent.traceparent).toContain(traceId);
        }
        const logged = await rows('tickets', 'select traceparent from event_log where correlation_id = $1', [
          correlationId,
        ]);
        expect(logged).toEqual([{ traceparent: expect.stringContaining(traceId) }]);

        await eventually(() => {
          const spans = telemetry.spans.filter((span) => span.traceId === traceId);
          const found = hops.filter(([service, name, kind]) =>
            spans.some((span) => span.service === service && name.test(span.name) && span.kind === kind),
          );
          expect(found).toEqual([...hops]);
          const attempts = spans.filter(({ name }) => name === 'webhook attempt');
          expect(receiver.received.map(({ traceparent }) => traceparent!.slice(36, 52)).toSorted()).toEqual(
            attempts.map(({ spanId }) => spanId).toSorted(),
          );
          const known = new Set([clientSpan, ...spans.map(({ spanId }) => spanId)]);
          expect(spans.filter(({ parentSpanId = 'none' }) => !known.has(parentSpanId))).toEqual([]);
          expect(spans.filter((span) => span.attributes['marquee.correlation_id'] !== correlationId)).toEqual(
            [],
          );
          expect(new Set(spans.map(({ version }) => version))).toEqual(new Set(['0.1.0']));
          const [refusal] = telemetry.logs.filter((log) => log.traceId === traceId);
          expect(refusal).toMatchObject({
            service: 'hub',
            body: 'a webhook was not taken',
            attributes: { 'marquee.correlation_id': correlationId, status: 'PENDING' },
          });
        });
      } finally {
        receiver.close();
      }
    });

    test('of every service tells the metrics that it tells at /metrics', async () => {
      const { running, telemetry } = platform();
      await eventually(
        async () => {
          for (const [service, url] of Object.entries({
            gateway: running.urls.gateway,
            ...running.urls.services,
          })) {
            const text = await (await fetch(`${new URL(url).origin}/metrics`)).text();
            const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!);
            const exported = telemetry.metrics.get(service) ?? new Set();
            expect([service, names.filter((name) => !exported.has(name))]).toEqual([service, []]);
          }
        },
        { timeoutMs: 40_000, everyMs: 500 },
      );
    });
  });
}
