// Monitoring: lag, failures and dead letters are visible, and a dead letter is handled once its cause is mended.
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { createMetrics } from '@marquee/telemetry';
import { createWorld, until } from './world.ts';

await using world = await createWorld();
const { organisationId } = world;
const venues = await world.database('venues');
const analytics = await world.database('analytics');
const metrics = createMetrics();

const writing = await world.messaging('venues', venues, metrics);
writing.startRelay();
const reading = await world.messaging('analytics', analytics, metrics);
let broken = true;
const projection = reading.project({
  name: 'releases',
  events: {
    'venues.space-released.v1': async ({ data }) => {
      if (broken && data.revision === 2) throw new Error('revision 2 is more than this code can take');
    },
  },
});

const ids = await venues.transaction({ organisationId }, async (tx) => {
  const events = [1, 2, 3].map((revision) => ({
    type: 'venues.space-released.v1' as const,
    data: { spaceId: newUuid(), occurrenceId: newUuid(), revision },
  }));
  tx.afterCommit(() => writing.wake());
  const appended = await appendEvents(tx, { streamId: streamId('space', newUuid()), events });
  return appended.map(({ id }) => id);
});

// After five tries the poison is put aside, whole and with its error, and the next event's turn comes.
await until(() => projection.status().deadLetters === 1 && projection.status().lag === 0);
const { state, handled, deadLetters } = projection.status();
console.log(`${state}: ${handled} handled, ${deadLetters} dead letter`);

broken = false;
console.log(`handled after all: ${await projection.retryDeadLetter(ids[1]!)}`);

// What Prometheus scrapes: rate, lag, age of the oldest, redeliveries, dead letters.
const names = [...metrics.text().matchAll(/^# TYPE (marquee_(?:relay|consumer)_\w+)/gm)].map(
  (match) => match[1]!,
);
console.log(
  `${names.includes('marquee_consumer_lag_events')} ${names.includes('marquee_relay_oldest_seconds')}`,
);

// Prints:
//   running: 2 handled, 1 dead letter
//   handled after all: true
//   true true
