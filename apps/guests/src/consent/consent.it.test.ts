import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readStream, streamId } from '@marquee/event-log';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { guestEntity } from '../guests/guest.entity.ts';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';

let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisationId: string;
let staff: Viewer;
let ada: string;

beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph?.drain();
  await db?.drop();
});
beforeEach(async () => {
  organisationId = newUuid();
  staff = viewerOf(organisationId, 'ORGANISER');
  const input = { email: 'ada@example.com', name: 'Ada' };
  ada = (await graph.ask(staff, registerDocument, { input })).data.registerGuest.guestId;
});

let keys = 0;
async function record(given: object, viewer = staff) {
  const document = `mutation Record($input: RecordConsentInput!) {
    recordConsent(input: $input) {
      __typename
      ... on ConsentRecorded { consent { id purpose granted source recordedAt } }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`;
  const defaults = {
    idempotencyKey: `key-${keys++}`,
    guestId: ada,
    purpose: 'marketing-email',
    granted: true,
  };
  const { data, errors } = await graph.ask(viewer, document, { input: { ...defaults, ...given } });
  return data?.recordConsent ?? errors;
}

async function guest(viewer = staff, page = { first: 2, after: null as string | null }) {
  const document = `query Guest($id: ID!, $first: Int, $after: String) {
    guest(id: $id) {
      consents { purpose granted }
      consentHistory(first: $first, after: $after) {
        edges { node { purpose granted } } pageInfo { hasNextPage endCursor }
      }
    }
  }`;
  const { data, errors } = await graph.ask(viewer, document, { id: ada, ...page });
  return errors ?? data.guest;
}

describe('consent', () => {
  test('the newest answer to each purpose holds, and every answer is kept', async () => {
    await record({ granted: true, source: 'check-out' });
    await record({ purpose: 'photos', granted: false });
    await record({ granted: false });
    await record({ granted: false });
    const first = await guest();
    expect(first.consents).toEqual([
      { purpose: 'marketing-email', granted: false },
      { purpose: 'photos', granted: false },
    ]);
    const second = await guest(staff, { first: 2, after: first.consentHistory.pageInfo.endCursor });
    const history = [...first.consentHistory.edges, ...second.consentHistory.edges];
    expect(history.map(({ node }: { node: { granted: boolean } }) => node.granted)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(second.consentHistory.pageInfo.hasNextPage).toBe(false);
  });

  test('is recorded with its event', async () => {
    const { consent } = await record({ source: 'check-out' });
    const stream = streamId('guest', decodeId('Guest', ada)!);
    const events = await db.database.read({ organisationId }, (tx) => readStream(tx, stream));
    expect(events.at(-1)).toMatchObject({
      type: 'guests.consent-recorded.v1',
      data: {
        consentId: decodeId('ConsentRecord', consent.id),
        purpose: 'marketing-email',
        granted: true,
        source: 'check-out',
      },
    });
  });

  test('answers given at once are put in one order, each at a time of its own', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => record({ granted: index % 2 === 0 })));
    const rows = await db.database.read({ organisationId }, (tx) =>
      tx.rows<{ granted: boolean }>('select granted from consent_record order by recorded_at desc'),
    );
    const times = await db.database.read({ organisationId }, (tx) =>
      tx.rows('select distinct recorded_at from consent_record'),
    );
    expect(times).toHaveLength(20);
    expect((await guest()).consents).toEqual([{ purpose: 'marketing-email', granted: rows[0]!.granted }]);
  });

  test('is given by the guest herself or by staff, and by nobody else', async () => {
    const herself = viewerOf(organisationId, 'GUEST', 'ada@example.com');
    expect(await record({}, herself)).toMatchObject({ __typename: 'ConsentRecorded' });
    for (const other of [
      viewerOf(organisationId, 'GUEST', 'eve@example.com'),
      viewerOf(organisationId, 'BOX_OFFICE'),
      viewerOf(newUuid(), 'OWNER'),
    ]) {
      expect(await record({}, other)).toMatchObject({ __typename: 'NotFound' });
    }
    expect((await guest()).consentHistory.edges).toHaveLength(1);
  });

  test('has one effect for a key, also when it is sent ten times at once', async () => {
    const given = { idempotencyKey: 'once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(given)));
    expect(new Set(answers.map(({ consent }) => consent.id)).size).toBe(1);
    expect(await record({ ...given, granted: false })).toMatchObject({ __typename: 'IdempotencyConflict' });
  });

  test('is found as an entity by who may read its guest', async () => {
    const { consent } = await record({});
    const ask = async (viewer: Viewer) => {
      const representations = [consent.id, encodeId('ConsentRecord', newUuid()), 'x'].map((id) => ({
        __typename: 'ConsentRecord',
        id,
      }));
      const { data } = await graph.ask(
        viewer,
        'query E($r: [_Any!]!) { _entities(representations: $r) { ... on ConsentRecord { purpose } } }',
        { r: representations },
      );
      return data._entities;
    };
    expect(await ask(staff)).toEqual([{ purpose: 'marketing-email' }, null, null]);
    expect(await ask(viewerOf(organisationId, 'GUEST', 'eve@example.com'))).toEqual([null, null, null]);
    expect(await ask(viewerOf(newUuid(), 'OWNER'))).toEqual([null, null, null]);
  });

  test('records can be neither changed nor removed, by no scope', async () => {
    await record({});
    for (const statement of ['update consent_record set granted = false', 'delete from consent_record']) {
      for (const scope of [{ organisationId }, systemScope]) {
        const attempt = db.database.transaction(scope, (tx) => tx.execute(statement));
        await expect(attempt).rejects.toThrow('permission denied');
      }
    }
  });

  test.each([
    ['purpose', { purpose: 'Marketing e-mail' }],
    ['purpose', { purpose: 'a'.repeat(1_000_000) }],
    ['source', { source: 'x'.repeat(201) }],
    ['guestId', { guestId: 'nonsense' }],
    ['idempotencyKey', { idempotencyKey: ' ' }],
  ])('a bad %s is refused by name and nothing is recorded', async (field, given) => {
    expect(await record(given)).toMatchObject({ __typename: 'InvalidInput', field });
    expect((await guest()).consents).toEqual([]);
  });

  test('a bad cursor of the history is refused by name', async () => {
    const cursors = ['nonsense', Buffer.from('["yesterday","x"]').toString('base64url')];
    for (const after of cursors) {
      expect(await guest(staff, { first: 2, after })).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field: 'after' } },
      ]);
    }
  });
});
