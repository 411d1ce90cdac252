import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { scopesAtEvents } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from './entities.ts';
import {
  createDocument,
  eventInput,
  makeEvent,
  newViewer,
  serveTestGraph,
  type ServedGraph,
} from './harness.test-support.ts';
import { migrations } from './migrations/index.ts';

let db: TestDatabase;
let graph: ServedGraph;
beforeAll(async () => {
  db = await testDatabase({ name: 'events', migrations, entities });
  graph = await serveTestGraph(db.database);
});
afterAll(async () => {
  await graph?.stop();
  await db?.drop();
});

const update = `mutation ($input: UpdateEventInput!) { updateEvent(input: $input) { __typename } }`;
const cancel = `mutation ($input: CancelOccurrenceInput!) { cancelOccurrence(input: $input) { __typename } }`;

test('who is confined to an event changes that one and its occurrences, no other, and makes none', async () => {
  const organiser = newViewer();
  const [mine, other] = [await makeEvent(graph, organiser), await makeEvent(graph, organiser)];
  const confined = {
    ...organiser,
    scopes: scopesAtEvents(organiser.scopes),
    eventIds: [decodeId('Event', mine.id)!],
  };
  const change = async (id: string) =>
    graph.query(confined, update, { input: { id, title: 'Autumn Concert' } });
  expect((await change(mine.id)).data.updateEvent.__typename).toBe('EventUpdated');
  const forbidden = [{ extensions: { code: 'FORBIDDEN' } }];
  expect(await change(other.id)).toMatchObject({ errors: forbidden });
  const cancelled = (id: string) => graph.query(confined, cancel, { input: { id, reason: 'storm' } });
  expect(await cancelled(other.occurrences[0].id)).toMatchObject({ errors: forbidden });
  expect((await cancelled(mine.occurrences[0].id)).data.cancelOccurrence.__typename).toBe(
    'OccurrenceCancelled',
  );
  const input = { ...eventInput, idempotencyKey: newUuid() };
  expect(await graph.query(confined, createDocument, { input })).toMatchObject({ errors: forbidden });
  // What every guest may read it reads as ever.
  const { data } = await graph.query(confined, '{ events(first: 5) { edges { node { id } } } }');
  expect(data.events.edges).toHaveLength(2);
});
