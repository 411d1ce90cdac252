// Coordination: many writers at once. Optimistic concurrency decides, retries hide it, and the appender makes it fast.
import { createAppender, execute } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { spaceCalendar } from './space-calendar.ts';
import { createWorld } from './world.ts';

await using world = await createWorld();
const database = await world.database('venues');
const { organisationId } = world;

// Ten organisers want the same day of one space. Each decides on the state it saw; who was overtaken decides again.
const spaceId = newUuid();
const outcomes = await Promise.all(
  Array.from({ length: 10 }, () =>
    execute(
      database,
      spaceCalendar,
      spaceId,
      { kind: 'book', spaceId, occurrenceId: newUuid(), day: '2027-03-20' },
      { organisationId, attempts: 20 },
    ),
  ),
);
console.log(`${outcomes.filter((outcome) => outcome.ok).length} of ${outcomes.length} has the day`);

// A hundred spaces at once, through one appender: the appends of a moment are one statement, each judged alone.
await using appender = createAppender(database);
const spaces = await Promise.all(
  Array.from({ length: 100 }, () => newUuid()).map((id) =>
    execute(
      database,
      spaceCalendar,
      id,
      { kind: 'book', spaceId: id, occurrenceId: newUuid(), day: '2027-03-21' },
      { organisationId, appender },
    ),
  ),
);
console.log(`${spaces.filter((outcome) => outcome.ok).length} spaces booked through the appender`);

// Prints:
//   1 of 10 has the day
//   100 spaces booked through the appender
