// Projections: rows that the events keep up to date, and that are rebuilt beside the live ones when their code changes.
import {
  anyProjection,
  appendEvents,
  defineProjection,
  projectionStatus,
  startProjections,
  streamId,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope, tenantTable } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { createWorld, until } from './world.ts';

class BookingsADay1763700000000 {
  readonly name = 'BookingsADay1763700000000';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query(`
      create table bookings_a_day (organisation_id uuid not null, generation integer not null, day text not null,
        bookings integer not null, primary key (organisation_id, generation, day));
      ${tenantTable('bookings_a_day')}`);
  }
  async down(): Promise<void> {}
}

/** Version 1 counted all bookings under their day; version 2, from the same events, under their month. */
const bookings = (version: 1 | 2) =>
  defineProjection({
    name: 'bookings',
    version,
    mode: 'async',
    types: ['venues.space-booked.v1'],
    tables: ['bookings_a_day'],
    apply: async (tx, events, generation) => {
      for (const { data } of events)
        await tx.execute(
          `insert into bookings_a_day values ($1, $2, $3, 1)
           on conflict (organisation_id, generation, day) do update set bookings = bookings_a_day.bookings + 1`,
          [tx.organisationId, generation, data.startsAt.slice(0, version === 1 ? 10 : 7)],
        );
    },
  });

await using world = await createWorld();
const { organisationId } = world;
const database = await world.database('venues', [BookingsADay1763700000000]);
const show = async () => {
  // Who reads asks for the live rows; the swap is one short transaction, so there is never a mixture.
  const rows = await database.read({ organisationId }, (tx) =>
    tx.rows<{ day: string; bookings: number }>(
      `select day, bookings from bookings_a_day where generation = event_projection_live('bookings') order by day`,
    ),
  );
  return rows.map(({ day, bookings: count }) => `${day}: ${count}`).join(', ');
};
const book = (day: string) =>
  database.transaction({ organisationId }, (tx) => {
    const [spaceId, occurrenceId] = [newUuid(), newUuid()];
    const times = { startsAt: `${day}T18:00:00.000Z`, endsAt: `${day}T22:00:00.000Z` };
    const data = { bookingId: newUuid(), spaceId, occurrenceId, revision: 1, ...times };
    return appendEvents(tx, {
      streamId: streamId('space', spaceId),
      events: [{ type: 'venues.space-booked.v1', data }],
    });
  });
const start = (version: 1 | 2) =>
  startProjections(database, { projections: [anyProjection(bookings(version))], logger: silentLogger });

const old = start(1);
for (const day of ['2027-03-05', '2027-03-20', '2027-03-20', '2027-04-01']) await book(day);
await until(async () => (await show()) === '2027-03-05: 1, 2027-03-20: 2, 2027-04-01: 1');
console.log(await show());
await old.stop();

// The next release: a generation with the new code is built from zero, and then takes the old one's place.
const next = start(2);
await book('2027-04-02');
await until(async () => (await show()).endsWith('2027-04: 2'));
console.log(await show());
const [status] = await database.read(systemScope, projectionStatus);
for (const { version, state, lag } of status!.generations)
  console.log(`version ${version}: ${state}, ${lag} behind`);
await next.stop();

// Prints:
//   2027-03-05: 1, 2027-03-20: 2, 2027-04-01: 1
//   2027-03: 3, 2027-04: 2
//   version 1: retired, 0 behind
//   version 2: live, 0 behind
