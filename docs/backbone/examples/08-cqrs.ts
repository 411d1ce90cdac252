// CQRS: commands are decided on an aggregate; questions are answered from a read model that the events keep.
import { execute } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { tenantTable, type Transaction } from '@marquee/postgres';
import { spaceCalendar, type CalendarCommand } from './space-calendar.ts';
import { createWorld, until } from './world.ts';

class Occupancy1763700000000 {
  readonly name = 'Occupancy1763700000000';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query(`
      create table occupancy (organisation_id uuid not null, month text not null, bookings integer not null,
        primary key (organisation_id, month));
      ${tenantTable('occupancy')}`);
  }
  async down(): Promise<void> {}
}

await using world = await createWorld();
const { organisationId } = world;
const venues = await world.database('venues');
const analytics = await world.database('analytics', [Occupancy1763700000000]);

// The write side publishes its log; the read side, another service, counts. Its checkpoint moves in the handler's
// transaction, so a redelivery or a crash counts nothing twice.
const writing = await world.messaging('venues', venues);
writing.startRelay();
const reading = await world.messaging('analytics', analytics);
const count = (tx: Transaction, month: string, by: number) =>
  tx.execute(
    `insert into occupancy values ($1, $2, $3)
     on conflict (organisation_id, month) do update set bookings = occupancy.bookings + excluded.bookings`,
    [tx.organisationId, month, by],
  );
const projection = reading.project({
  name: 'occupancy',
  events: {
    'venues.space-booked.v1': async (event, tx) => void (await count(tx, event.data.startsAt.slice(0, 7), 1)),
  },
});

const spaceId = newUuid();
const run = (command: CalendarCommand) =>
  execute(venues, spaceCalendar, spaceId, command, { organisationId });
for (const day of ['2027-03-05', '2027-03-20', '2027-04-01'])
  await run({ kind: 'book', spaceId, occurrenceId: newUuid(), day });
writing.wake();

await until(() => projection.status().handled === 3);
const rows = await analytics.read({ organisationId }, (tx) =>
  tx.rows<{ month: string; bookings: number }>('select month, bookings from occupancy order by month'),
);
for (const { month, bookings } of rows) console.log(`${month}: ${bookings}`);

// Prints:
//   2027-03: 2
//   2027-04: 1
