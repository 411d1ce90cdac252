// Aggregates: pure decide and evolve, executed on the log. The aggregate itself is in space-calendar.ts.
import { execute, loadAggregate } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { spaceCalendar } from './space-calendar.ts';
import { createWorld } from './world.ts';

await using world = await createWorld();
const database = await world.database('venues');
const { organisationId } = world;
const [spaceId, concert, fair] = [newUuid(), newUuid(), newUuid()];

const book = (occurrenceId: string, day: string) =>
  execute(database, spaceCalendar, spaceId, { kind: 'book', spaceId, occurrenceId, day }, { organisationId });

const first = await book(concert, '2027-03-20');
if (first.ok) console.log(`booked, version ${first.value.version}`);

const again = await book(concert, '2027-03-20');
if (again.ok) console.log(`asked again: ${again.value.events.length} events`);

const second = await book(fair, '2027-03-20');
if (!second.ok) console.log(`${second.refusal.kind}: ${second.refusal.message}`);

await execute(
  database,
  spaceCalendar,
  spaceId,
  { kind: 'release', spaceId, occurrenceId: concert },
  { organisationId },
);
const third = await book(fair, '2027-03-20');
console.log(third.ok ? 'booked once it was free' : third.refusal.message);

const { state, version } = await database.read({ organisationId }, (tx) =>
  loadAggregate(tx, spaceCalendar, spaceId),
);
console.log(`version ${version}: ${Object.values(state).join(', ')}`);

// Prints:
//   booked, version 1
//   asked again: 0 events
//   DayTaken: The space is taken on 2027-03-20.
//   booked once it was free
//   version 3: 2027-03-20
