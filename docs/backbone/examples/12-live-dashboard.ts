// A live dashboard: the typed events of the log over WebSocket, resumed where the connection broke.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendEvents, streamId } from '@marquee/event-log';
import { createEventStream } from '@marquee/event-stream';
import { connectEventStream } from '@marquee/event-stream/client';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { createWorld, until } from './world.ts';

await using world = await createWorld();
const { organisationId } = world;
const database = await world.database('tickets');

const stream = await createEventStream({
  database,
  logger: silentLogger,
  authorise: async () => ({ organisationId }), // here: who asks, by their token
});
const server = createServer((request, response) => void stream.handle(request, response)); // server-sent events
server.on('upgrade', (request, socket, head) => void stream.upgrade(request, socket, head)); // WebSocket
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/events`;

const scan = (result: 'ACCEPTED' | 'REJECTED') =>
  database.transaction({ organisationId }, async (tx) => {
    const [scanId, occurrenceId, ticketId] = [newUuid(), newUuid(), newUuid()];
    const scannedAt = '2027-03-20T18:05:00.000Z';
    await appendEvents(tx, {
      streamId: streamId('ticket', ticketId),
      events: [
        {
          type: 'tickets.ticket-scanned.v1',
          data: { scanId, occurrenceId, ticketId, result, reason: null, scannedAt },
        },
      ],
    });
    tx.afterCommit(() => stream.wake());
  });

// In a browser this is the same module; tabs that share a name hold one connection between them.
const admitted = { total: 0 };
const dashboard = (after?: string) => {
  const events = connectEventStream({ url, types: ['tickets.*'], share: false, ...(after && { after }) });
  events.subscribe('tickets.ticket-scanned.v1', ({ data }) => {
    if (data.result === 'ACCEPTED') admitted.total += 1;
  });
  return events;
};

const first = dashboard();
await until(() => first.state === 'open');
await scan('ACCEPTED');
await scan('REJECTED');
await scan('ACCEPTED');
await until(() => admitted.total === 2);
console.log(`admitted: ${admitted.total}`);

const { position } = first;
await first.close();
await scan('ACCEPTED'); // while nobody watched
const second = dashboard(position);
await until(() => admitted.total === 3);
console.log(`admitted, with what happened while it was away: ${admitted.total}`);

await second.close();
await stream.drain();
await new Promise((resolve) => server.close(resolve));

// Prints:
//   admitted: 2
//   admitted, with what happened while it was away: 3
