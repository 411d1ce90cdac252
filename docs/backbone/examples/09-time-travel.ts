// Replay and time travel: an aggregate as it stood, what changed since, and the whole log from its beginning.
import { difference, execute, logStart, readAll, stateAsOf } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { spaceCalendar } from './space-calendar.ts';
import { createWorld, until } from './world.ts';

await using world = await createWorld();
const database = await world.database('venues');
const { organisationId } = world;
const spaceId = newUuid();
const [concert, fair] = [newUuid(), newUuid()];

const book = (occurrenceId: string, day: string) =>
  execute(database, spaceCalendar, spaceId, { kind: 'book', spaceId, occurrenceId, day }, { organisationId });
await book(concert, '2027-03-20');
const second = await book(fair, '2027-03-21');
await execute(
  database,
  spaceCalendar,
  spaceId,
  { kind: 'release', spaceId, occurrenceId: concert },
  { organisationId },
);

const days = (calendar: object) => Object.values(calendar).join(', ');
const instant = new Date(second.ok ? second.value.events[0]!.occurredAt : 0);
const [then, now] = await database.read({ organisationId }, async (tx) => [
  await stateAsOf(tx, spaceCalendar, spaceId, { instant }),
  await stateAsOf(tx, spaceCalendar, spaceId, { version: 3 }),
]);
console.log(`as of the second booking: ${days(then.state)}`);
console.log(`now: ${days(now.state)}`);
for (const { op } of difference(then.state, now.state)) console.log(`the difference (RFC 6902): ${op}`);

// From the beginning, gap-free: nothing that commits later can appear before what has been read.
const replay = () => database.read(systemScope, (tx) => readAll(tx, logStart, 100));
await until(async () => (await replay()).length === 3);
for (const { event } of await replay()) console.log(`${event.version}  ${event.type}`);

// Prints:
//   as of the second booking: 2027-03-20, 2027-03-21
//   now: 2027-03-21
//   the difference (RFC 6902): remove
//   1  venues.space-booked.v1
//   2  venues.space-booked.v1
//   3  venues.space-released.v1
