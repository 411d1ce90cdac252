// Services: what happened is told by events, and what only another service knows is asked, with a deadline.
import { questions } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { isQuestionUnavailable } from '@marquee/messaging';
import { currentCorrelation, runWithCorrelation } from '@marquee/telemetry';
import { createWorld, until } from './world.ts';

await using world = await createWorld();
const { organisationId } = world;
const venuesDatabase = await world.database('venues');
const venues = await world.messaging('venues', venuesDatabase);
const tickets = await world.messaging('tickets', await world.database('tickets'));

// 1. An event crosses, and with it the correlation id of the request that caused it.
venues.startRelay();
const heard: string[] = [];
tickets.project({
  name: 'spaces',
  events: {
    'venues.space-released.v1': async ({ type }) =>
      void heard.push(`${type} because of ${currentCorrelation()?.correlationId}`),
  },
});
const spaceId = newUuid();
await runWithCorrelation({ correlationId: 'request-4711', actor: 'ada' }, () =>
  venuesDatabase.transaction({ organisationId }, async (tx) => {
    const data = { spaceId, occurrenceId: newUuid(), revision: 1 };
    await appendEvents(tx, {
      streamId: streamId('space', spaceId),
      events: [{ type: 'venues.space-released.v1', data }],
    });
    tx.afterCommit(() => venues.wake());
  }),
);
await until(() => heard.length === 1);
console.log(heard[0]);

// 2. A question: typed both ways, signed, and never waited for longer than its deadline.
const [sold, free] = [newUuid(), newUuid()];
const ask = () =>
  venues.ask(questions.takenSeats, { spaceId, seatIds: [sold, free] }, { organisationId, timeoutMs: 5_000 });
try {
  await ask();
} catch (error) {
  if (!isQuestionUnavailable(error)) throw error;
  console.log(`nobody answers yet: ${error.code}`);
}
tickets.answer(questions.takenSeats, async ({ seatIds }) => ({
  seatIds: seatIds.filter((id) => id === sold),
}));
const answered = async () => {
  try {
    return (await ask()).seatIds;
  } catch (error) {
    if (isQuestionUnavailable(error)) return null;
    throw error;
  }
};
await until(async () => (await answered()) !== null);
console.log(`taken: ${(await answered())?.length} of 2 seats`);

// Prints:
//   venues.space-released.v1 because of request-4711
//   nobody answers yet: NO_RESPONDERS
//   taken: 1 of 2 seats
