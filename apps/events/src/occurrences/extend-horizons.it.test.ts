import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, fakeClock, testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  eventsOf,
  makeEvent,
  newViewer,
  now,
  serveTestGraph,
  type ServedGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { extendHorizons, startExtendingHorizons } from './extend-horizons.ts';

let world: TestDatabase;
let graph: ServedGraph;
const clock = fakeClock(now);

beforeAll(async () => {
  world = await testDatabase({ name: 'events', migrations, entities });
  graph = await serveTestGraph(world.database, { clock });
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});

const services = () => ({ database: world.database, clock, onCommit: () => undefined, logger: silentLogger });

async function startsOf(viewer: ReturnType<typeof newViewer>, id: string): Promise<string[]> {
  const rows = await world.database.read(viewer, (tx) =>
    tx.rows<{ start: string }>(
      'select starts_at_local as start from occurrence where event_id = $1 order by starts_at',
      [decodeId('Event', id)],
    ),
  );
  return rows.map(({ start }) => start);
}

describe('extendHorizons', () => {
  test('adds what has come within the horizon, exactly once, also when two processes look at once', async () => {
    const viewer = newViewer();
    const endless = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY' });
    await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=3' });
    const before = await startsOf(viewer, endless.id);
    expect(await extendHorizons(services())).toBe(0);

    clock.advance({ minutes: 60 * 24 * 70 });
    const added = await Promise.all([extendHorizons(services()), extendHorizons(services())]);
    expect(added.toSorted()).toEqual([0, 10]);
    const after = await startsOf(viewer, endless.id);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 10);
    expect(new Set(after).size).toBe(after.length);
    expect(await extendHorizons(services())).toBe(0);
    const events = await eventsOf(world.database, viewer.organisationId);
    expect(events.slice(-10).map(({ type }) => type)).toEqual(
      Array.from({ length: 10 }, () => 'events.occurrence-scheduled.v1'),
    );
    clock.set(now);
  });

  test('does not bring back a date that was moved or cancelled by hand', async () => {
    const viewer = newViewer();
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY' });
    const [first, second] = event.occurrences;
    const change = `mutation ($a: ID!, $b: ID!) {
      rescheduleOccurrence(input: { id: $a, startsAtLocal: "2027-03-25T10:00" }) { __typename }
      cancelOccurrence(input: { id: $b }) { __typename } }`;
    await graph.query(viewer, change, { a: first.id, b: second.id });
    clock.advance({ minutes: 60 * 24 * 70 });
    await extendHorizons(services());
    clock.set(now);
    const starts = await startsOf(viewer, event.id);
    expect(starts.slice(0, 3)).toEqual(['2027-03-25T10:00:00', '2027-03-27T19:00:00', '2027-04-03T19:00:00']);
  });

  test('leaves cancelled events alone', async () => {
    const viewer = newViewer();
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY' });
    await graph.query(viewer, 'mutation ($id: ID!) { cancelEvent(input: { id: $id }) { __typename } }', {
      id: event.id,
    });
    const before = await startsOf(viewer, event.id);
    clock.advance({ minutes: 60 * 24 * 70 });
    await extendHorizons(services());
    clock.set(now);
    expect(await startsOf(viewer, event.id)).toEqual(before);
  });

  test('runs by itself until it is stopped', async () => {
    const viewer = newViewer();
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY' });
    const before = await startsOf(viewer, event.id);
    clock.advance({ minutes: 60 * 24 * 70 });
    const job = startExtendingHorizons(services(), 10);
    await eventually(async () =>
      expect((await startsOf(viewer, event.id)).length).toBeGreaterThan(before.length),
    );
    await job.stop();
    clock.set(now);
  });
});
