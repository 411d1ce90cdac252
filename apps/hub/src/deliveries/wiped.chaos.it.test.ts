import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startNats, type RunningNats } from '@marquee/embedded';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, times } from '@marquee/testkit';
import { stage } from './deliveries.test-support.ts';
import { fanOutProjection } from './fan-out.ts';

const { world, receiver, given, work } = stage();

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let nats: RunningNats;
let messaging: Messaging | undefined;

const startServer = (port?: number) =>
  startNats({
    dataDirectory: join(directory.path, 'nats'),
    logFile: join(directory.path, 'nats.log'),
    ...(port && { port }),
  });

beforeAll(async () => {
  directory = await temporaryDirectory();
  nats = await startServer();
});
afterAll(async () => {
  await messaging?.drain();
  await nats?.stop();
  await directory?.remove();
});

test('NATS loses all its files, and every event is delivered once nevertheless', async () => {
  const part = times({ test: 60, soak: 3_000 });
  const { database } = world();
  const endpoint = await given('/wiped', { eventTypes: ['hub.deliveries-replayed.v1'] });
  const append = async () => {
    for (let left = part; left > 0; left -= 20)
      await database.transaction(endpoint.viewer, (tx) =>
        appendEvents(tx, {
          // Of its own trouble an endpoint is told nothing: these are about another.
          streamId: streamId('webhook-endpoint', newUuid()),
          events: Array.from({ length: Math.min(20, left) }, () => ({
            type: 'hub.deliveries-replayed.v1',
            data: { endpointId: newUuid(), deliveries: 1 },
          })),
        }),
      );
  };
  const engine = work();
  messaging = await connectMessaging({ url: nats.url, service: 'hub', database, logger: silentLogger });
  messaging.startRelay();
  messaging.project(fanOutProjection({ onDue: () => engine.wake(), onKept: () => undefined }));
  const arrived = () => receiver().at('/wiped').length;
  const untilArrived = (count: number) =>
    eventually(() => expect(arrived()).toBeGreaterThanOrEqual(count), { timeoutMs: 120_000 });

  await append();
  await untilArrived(Math.ceil(part / 2));
  await nats.stop();
  await rm(join(directory.path, 'nats'), { recursive: true });
  await append();
  nats = await startServer(nats.port);
  await append();
  await untilArrived(3 * part);

  const count = `select count(*)::int as deliveries, count(distinct event_id)::int as events,
    count(*) filter (where status = 'DELIVERED')::int as delivered from webhook_delivery`;
  await eventually(async () =>
    expect(await database.read(endpoint.viewer, (tx) => tx.rows(count))).toEqual([
      { deliveries: 3 * part, events: 3 * part, delivered: 3 * part },
    ]),
  );
  expect(arrived()).toBe(3 * part);
}, 300_000);
