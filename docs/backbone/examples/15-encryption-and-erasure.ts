// Encryption and erasure: what is personal is stored under its subject's own key, and erased by deleting that key.
import { join } from 'node:path';
import {
  appendEvents,
  createFieldEncryption,
  createFileKeyManagement,
  readStream,
  streamId,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { createWorld } from './world.ts';

await using world = await createWorld();
const database = await world.database('guests');
const { organisationId } = world;
const guestId = newUuid();
const stream = streamId('guest', guestId);

// A file for one machine; in production an adapter to the key management service, which passes the same suite.
const keys = await createFileKeyManagement({ path: join(world.folder, 'keys.json') });
const encryption = createFieldEncryption({ keys });

await database.transaction({ organisationId }, (tx) =>
  appendEvents(tx, {
    streamId: stream,
    events: [
      {
        type: 'guests.guest-registered.v1',
        data: { guestId, email: 'ada@example.com', name: 'Ada Lovelace' },
      },
    ],
    interceptors: [encryption.within(tx).append],
  }),
);

// The catalogue says which fields are personal; everything else stays as it is.
const stored = await database.read({ organisationId }, (tx) =>
  tx.rows<{ data: object }>('select data from event_log where stream_id = $1', [stream]),
);
console.log(`the row tells the name: ${JSON.stringify(stored).includes('Ada')}`);

const read = async () => {
  const [event] = await database.read({ organisationId }, (tx) =>
    readStream(tx, stream, { toVersion: 1, interceptors: [encryption.within(tx).read] }),
  );
  return (event!.data as { name: string }).name;
};
console.log(`read with the key: ${await read()}`);

await database.transaction({ organisationId }, (tx) =>
  encryption.eraseSubject(tx, {
    subject: guestId,
    announce: { streamId: stream, events: [{ type: 'guests.guest-erased.v1', data: { guestId } }] },
  }),
);
console.log(`after the erasure: ${await read()}`);

// Prints:
//   the row tells the name: false
//   read with the key: Ada Lovelace
//   after the erasure: [erased]
