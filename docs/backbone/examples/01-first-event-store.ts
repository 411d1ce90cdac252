// A first event store: state and its event leave in one transaction, and a stream is read again.
import { appendEvents, ConcurrencyError, readStream, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { createWorld } from './world.ts';

await using world = await createWorld();
const database = await world.database('guests');
const { organisationId } = world;

const guestId = newUuid();
const stream = streamId('guest', guestId);

// Whatever else this transaction changes is committed with the events, or not at all.
await database.transaction({ organisationId }, (tx) =>
  appendEvents(tx, {
    streamId: stream,
    expectedVersion: 'none',
    events: [
      {
        type: 'guests.guest-registered.v1',
        data: { guestId, email: 'ada@example.com', name: 'Ada Lovelace' },
      },
      { type: 'guests.consent-recorded.v1', data: { guestId, purpose: 'newsletter', granted: true } },
    ],
  }),
);

const events = await database.read({ organisationId }, (tx) => readStream(tx, stream));
for (const event of events) console.log(`${event.version}  ${event.type}`);

// Who believes that the stream is still at version 0 is told, and has changed nothing.
try {
  await database.transaction({ organisationId }, (tx) =>
    appendEvents(tx, {
      streamId: stream,
      expectedVersion: 'none',
      events: [{ type: 'guests.guest-erased.v1', data: { guestId } }],
    }),
  );
} catch (error) {
  console.log(error instanceof ConcurrencyError ? 'refused: someone was quicker' : error);
}

// Prints:
//   1  guests.guest-registered.v1
//   2  guests.consent-recorded.v1
//   refused: someone was quicker
