import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findFreePort } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import { inheritedEnvironment } from '../rehearse/config.ts';
import { ask } from '../rehearse/measure.ts';
import { startPrometheus, type Target } from '../rehearse/prometheus.ts';
import { readExposed, unknownIn, type Exposed } from '../slo/known-metrics.ts';
import { readSlo } from '../slo/read-slo.ts';
import { buy, newKey, planEvent, run } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

const queries = readSlo().dashboards.flatMap(({ name, panels }) =>
  panels.flatMap((panel) => panel.queries.map(({ expr }) => ({ of: `${name}: ${panel.title}`, expr }))),
);

/** Dashboards ask for names and labels; a platform that has been used exposes each of them, under exactly these. */
export function describeMetrics(platform: () => TestPlatform): void {
  describe('metrics', () => {
    test('every query of a dashboard finds its metrics and labels in what the processes expose', async () => {
      const traffic = await startTraffic(platform());
      try {
        await eventually(
          async () => {
            await traffic.round();
            const exposed: Exposed = new Map();
            for (const { port } of targetsOf(platform()))
              readExposed(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), exposed);
            expect(queries.flatMap(({ expr }) => unknownIn(expr, exposed))).toEqual([]);
          },
          { timeoutMs: 60_000, everyMs: 500 },
        );
      } finally {
        traffic.stop();
      }
    });

    test('every query of every dashboard is answered by a live Prometheus that asks the processes', async () => {
      if (spawnSync('prometheus', ['--version']).error) {
        process.stdout.write(
          'prometheus is not here, so no dashboard was asked: apt-get install prometheus\n',
        );
        return;
      }
      const directory = mkdtempSync(join(tmpdir(), 'marquee-dashboards-'));
      const traffic = await startTraffic(platform());
      const prometheus = await startPrometheus(directory, await findFreePort(0), inheritedEnvironment());
      try {
        prometheus.watch(targetsOf(platform()));
        await eventually(
          async () => {
            await traffic.round();
            const empty: typeof queries = [];
            for (const query of queries) {
              const expr = query.expr.replaceAll('$__rate_interval', '2m');
              // Neither nothing nor NaN, which is less than nothing.
              if ((await ask(prometheus.url, `(${expr}) >= 0`)) === null) empty.push(query);
            }
            expect(empty).toEqual([]);
          },
          { timeoutMs: 120_000, everyMs: 500 },
        );
      } finally {
        await prometheus.stop();
        traffic.stop();
        rmSync(directory, { recursive: true, force: true });
      }
    }, 180_000);
  });
}

/** The labels are those that the chart's PodMonitor gives. */
function targetsOf({ running, telemetry }: TestPlatform): Target[] {
  const target = (url: string, labels: Target['labels']) => ({ port: Number(new URL(url).port), labels });
  const services = Object.entries({ ...running.urls.services, gateway: running.urls.gateway });
  return [
    ...services.map(([service, url]) => target(url, { service, version: '0.1.0', track: 'stable' })),
    target(telemetry.url, { job: 'collector' }),
  ];
}

/** A sale and a traced query a round, with somebody who takes webhooks. */
async function startTraffic({ client, tokens }: TestPlatform) {
  const token = await tokens.token({ role: 'organiser', organisationId: newUuid() });
  const receiver = createServer((request, response) => request.resume().on('end', () => response.end()));
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const input = { idempotencyKey: newKey(), url, eventTypes: ['tickets.*'] };
  await run(client, 'CreateWebhookEndpoint', { input }, token);
  const event = await planEvent(client, token, 'Measured night', 1_000);
  const guest = { email: 'mary@example.com', name: 'Mary Somerville' };
  return {
    async round() {
      const items = [{ ticketTypeId: event.standingId, quantity: 1 }];
      await buy(client, token, { occurrenceId: event.occurrenceIds[0]!, items, guest });
      const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
      await client.query(operation('MyTickets'), { first: 1 }, { token, headers: { traceparent } });
    },
    stop: () => receiver.close(),
  };
}
