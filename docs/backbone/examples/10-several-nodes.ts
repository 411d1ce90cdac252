// Several nodes of one service: one relay leads and one projection is active; when that node goes, another takes over.
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { createWorld, until } from './world.ts';

await using world = await createWorld();
const { organisationId } = world;
const venues = await world.database('venues');
const analytics = await world.database('analytics');

const nodes = [await world.messaging('venues', venues), await world.messaging('venues', venues)];
const relays = nodes.map((node) => node.startRelay());
const leading = () => relays.findIndex((relay) => relay.status().state === 'leading');
await until(() => leading() >= 0);
console.log(
  `${relays.filter((relay) => relay.status().state === 'leading').length} of ${relays.length} relays leads`,
);

const reader = await world.messaging('analytics', analytics);
const seen: number[] = [];
const projection = reader.project({
  name: 'releases',
  events: { 'venues.space-released.v1': async ({ data }) => void seen.push(data.revision) },
});

const append = async (from: number, to: number) => {
  for (let revision = from; revision <= to; revision++)
    await venues.transaction({ organisationId }, async (tx) => {
      const data = { spaceId: newUuid(), occurrenceId: newUuid(), revision };
      await appendEvents(tx, {
        streamId: streamId('space', data.spaceId),
        events: [{ type: 'venues.space-released.v1', data }],
      });
      for (const node of nodes) tx.afterCommit(() => node.wake());
    });
};
await append(1, 5);
await until(() => projection.status().handled === 5);

const gone = leading();
await nodes[gone]!.drain();
await append(6, 10);
await until(() => projection.status().handled === 10);
console.log(`the other relay leads: ${leading() === 1 - gone}`);
console.log(`handled once each, in order: ${seen.join(' ')}`);

// Prints:
//   1 of 2 relays leads
//   the other relay leads: true
//   handled once each, in order: 1 2 3 4 5 6 7 8 9 10
