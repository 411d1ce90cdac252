// Errors: what can be expected is a value, what is invalid is refused with its path, and nothing is half-done.
import { InvalidEventError, type NewEvent } from '@marquee/contracts';
import { appendEvents, execute, readStream, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { spaceCalendar } from './space-calendar.ts';
import { createWorld } from './world.ts';

await using world = await createWorld();
const database = await world.database('venues');
const { organisationId } = world;
const spaceId = newUuid();

// 1. A refusal is a value with a kind: the caller can act on it, and the compiler knows its kinds.
const released = await execute(
  database,
  spaceCalendar,
  spaceId,
  { kind: 'release', spaceId, occurrenceId: newUuid() },
  { organisationId },
);
if (!released.ok) console.log(`refused as ${released.refusal.kind}`);

// 2. An event that does not fit its schema does not compile. From where the compiler cannot see, it is refused with
//    the path of the fault, before anything is written.
const fromElsewhere = JSON.parse(
  `{ "type": "venues.space-released.v1",
     "data": { "spaceId": "${spaceId}", "occurrenceId": "tomorrow", "revision": -1 } }`,
) as NewEvent;
try {
  await database.transaction({ organisationId }, async (tx) => {
    const valid: NewEvent = {
      type: 'venues.space-released.v1',
      data: { spaceId, occurrenceId: newUuid(), revision: 1 },
    };
    await appendEvents(tx, { streamId: streamId('space', spaceId), events: [valid] });
    await appendEvents(tx, { streamId: streamId('space', spaceId), events: [fromElsewhere] });
  });
} catch (error) {
  if (!(error instanceof InvalidEventError)) throw error;
  console.log(error.message);
}

// 3. The transaction is the unit: the valid event before the fault is not there either.
const events = await database.read({ organisationId }, (tx) => readStream(tx, streamId('space', spaceId)));
console.log(`${events.length} events were kept`);

// Prints:
//   refused as NotBooked
//   event venues.space-released.v1: /occurrenceId must match pattern "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"; /revision must be >= 0
//   0 events were kept
