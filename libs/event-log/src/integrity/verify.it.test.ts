import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newUuid } from '@marquee/kernel';
import { arbitraryEvent, settledLog } from '@marquee/testkit';
import { appendMany, createHeadSigner, sealLog, streamId, verifyLog } from '../index.ts';
import {
  a,
  b,
  openSealed,
  publicKeys,
  signer,
  strangersKeys,
  type SealedFixture,
} from './sealed.test-support.ts';

let fixture: SealedFixture;
let { database, superuser, append, headsOf, positionOf } = {} as SealedFixture;
const open = async () => {
  fixture = await openSealed();
  ({ database, superuser, append, headsOf, positionOf } = fixture);
};
const close = () => fixture.close();

describe('verifying finds', () => {
  let ids: string[];
  beforeEach(async () => {
    await open();
    ids = [];
    for (let round = 0; round < 4; round++) {
      ids.push(...(await append(a, 5)));
      await append(b, 2);
    }
    await settledLog(database);
    await sealLog(database, { signer });
    expect(await verifyLog(database, { publicKeys })).toMatchObject({ ok: true, events: 28, heads: 2 });
  });
  afterEach(close);

  const firstFault = async () => {
    const { faults } = await verifyLog(database, { publicKeys, pageSize: 4 });
    expect(faults).toHaveLength(1); // the other tenant's log is whole
    return faults[0];
  };

  test.each([
    ['its data', `data = data || '{"name": "Mallory"}'`],
    ['its time', `occurred_at = occurred_at - interval '1 ms'`],
    ['who did it', `actor = 'mallory'`],
    ['its type', `type = 'guests.guest-updated.v1'`],
    ['its trace', `traceparent = '00'`],
  ])('the first event that had %s altered', async (_, change) => {
    await superuser.query(`update event_log set ${change} where event_id = any($1)`, [[ids[7], ids[12]]]);
    expect(await firstFault()).toEqual({
      kind: 'altered',
      organisationId: a,
      position: await positionOf(ids[7]!),
      sequence: 7,
      eventId: ids[7],
      streamId: expect.stringMatching(/^guest-/),
      version: 3,
      differs: expect.stringContaining('content'),
    });
  });

  test('an event given to another stream, and one given to another tenant', async () => {
    await superuser.query('update event_log set stream_id = $2 where event_id = $1', [
      ids[9],
      streamId('guest', newUuid()),
    ]);
    expect(await firstFault()).toMatchObject({ kind: 'altered', sequence: 9, differs: 'stream_id' });
    await superuser.query('update event_log set organisation_id = $2 where event_id = $1', [
      ids[3],
      newUuid(),
    ]);
    const { faults } = await verifyLog(database);
    expect(faults[0]).toMatchObject({
      kind: 'altered',
      organisationId: a,
      sequence: 3,
      differs: 'organisation_id',
    });
  });

  test('an event that was given another id', async () => {
    const other = newUuid();
    await superuser.query('update event_log set event_id = $2 where event_id = $1', [ids[4], other]);
    expect(await firstFault()).toMatchObject({ kind: 'altered', sequence: 4, differs: 'event_id' });
    await superuser.query('update event_log set event_id = $2 where event_id = $1', [other, ids[4]]);
    expect(await verifyLog(database, { publicKeys })).toMatchObject({ ok: true });
  });

  test("an event put at the end of another tenant's log in the place of one that is sealed", async () => {
    const [owner, inserted] = [newUuid(), newUuid()];
    await superuser.query(
      `insert into event_log (global_position, event_id, organisation_id, stream_id, version, type, data, correlation_id,
         actor, tx) overriding system value
       select global_position, $2, $3, stream_id, 99, type, data, correlation_id, actor, '1'::xid8
       from event_log where event_id = $1`,
      [ids[4], inserted, owner],
    );
    const { faults } = await verifyLog(database);
    expect(faults).toContainEqual(
      expect.objectContaining({ kind: 'inserted', organisationId: owner, eventId: inserted }),
    );
  });

  test('the first event that is missing, by its name', async () => {
    const position = await positionOf(ids[6]!);
    await superuser.query('delete from event_log where event_id = any($1)', [[ids[6], ids[11]]]);
    expect(await firstFault()).toMatchObject({
      kind: 'missing',
      position,
      sequence: 6,
      eventId: ids[6],
      version: 2,
    });
  });

  test('an event put among those that are sealed', async () => {
    const inserted = newUuid();
    await superuser.query(
      `insert into event_log (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor, tx)
       select $2, organisation_id, stream_id, 99, type, data, correlation_id, actor, tx from event_log where event_id = $1`,
      [ids[4], inserted],
    );
    expect(await firstFault()).toMatchObject({
      kind: 'inserted',
      eventId: inserted,
      version: 99,
      sequence: null,
    });
  });

  test('events that changed places', async () => {
    await superuser.query(
      `update event_log set data = case when event_id = $1 then other.data else mine.data end
       from (select data from event_log where event_id = $1) mine, (select data from event_log where event_id = $2) other
       where event_id in ($1, $2)`,
      [ids[2], ids[8]],
    );
    expect(await firstFault()).toMatchObject({ kind: 'altered', sequence: 2 });
  });

  test('an event that readers get earlier than it was sealed', async () => {
    const { rows } = await superuser.query<{ tx: string }>(
      'select tx::text as tx from event_log where event_id = $1',
      [ids[0]],
    );
    await superuser.query('update event_log set tx = $2::xid8 where event_id = $1', [ids[10], rows[0]!.tx]);
    expect(await firstFault()).toMatchObject({ kind: 'reordered', sequence: 5 });
  });

  test('a chain that was altered beside an event that was not', async () => {
    await superuser.query(`update event_chain set hash = sha256('x') where event_id = $1`, [ids[5]]);
    expect(await firstFault()).toMatchObject({ kind: 'chain', sequence: 5, eventId: ids[5] });
  });

  test('a chain with a piece cut out, and one whose tip says otherwise', async () => {
    await superuser.query('delete from event_chain where event_id = $1', [ids[5]]);
    const { faults } = await verifyLog(database);
    expect(faults[0]).toMatchObject({
      organisationId: a,
      sequence: 4,
      differs: 'the chain’s entry 5 is missing'.replace('’', "'"),
    });
    await superuser.query(`update event_chain_tip set hash = sha256('x') where organisation_id = $1`, [b]);
    expect((await verifyLog(database, { organisationId: b })).faults[0]).toMatchObject({
      kind: 'chain',
      sequence: 7,
    });
  });

  test('a log and its chain made anew, by the signed head', async () => {
    await superuser.query(`update event_log set actor = 'mallory' where event_id = $1`, [ids[7]]);
    await superuser.query(
      'delete from event_chain; delete from event_chain_node; delete from event_chain_tip',
    );
    await sealLog(database);
    expect((await verifyLog(database)).ok).toBe(true); // without keys nothing tells
    expect(await firstFault()).toMatchObject({
      kind: 'head',
      organisationId: a,
      differs: expect.stringContaining('anew'),
    });
    await superuser.query('delete from event_chain_head');
    await sealLog(database, {
      signer: createHeadSigner({ log: 'guests', privateKey: strangersKeys.privateKey }),
    });
    const { faults } = await verifyLog(database, { publicKeys });
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatchObject({ kind: 'head', differs: expect.stringContaining('no known key') });
  });

  test('an end cut off log, chain and heads together, by a head kept elsewhere', async () => {
    const witnessed = await headsOf(a);
    await superuser.query('delete from event_log where organisation_id = $1', [a]);
    for (const table of ['event_chain', 'event_chain_node', 'event_chain_tip', 'event_chain_head'])
      await superuser.query(`delete from ${table} where organisation_id = $1`, [a]);
    expect((await verifyLog(database, { publicKeys })).ok).toBe(true);
    expect((await verifyLog(database, { publicKeys, witnessed })).faults).toMatchObject([
      { kind: 'head', organisationId: a, position: null, differs: expect.stringContaining('cut off') },
    ]);
  });
});

test('the first bad row is found among any events, wherever it is', async () => {
  await open();
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(a, b), arbitraryEvent()), { minLength: 2, maxLength: 25 }),
        fc.nat(),
        async (drawn, at) => {
          const ids: { id: string; organisationId: string }[] = [];
          for (const [organisationId, event] of drawn) {
            const [logged] = await database.transaction({ organisationId }, (tx) =>
              appendMany(tx, [{ streamId: streamId('thing', newUuid()), events: [event] }]),
            );
            ids.push({ id: logged!.id, organisationId });
          }
          await settledLog(database);
          await sealLog(database, { batchSize: 10 });
          expect((await verifyLog(database)).faults).toEqual([]);
          const victim = ids[at % ids.length]!;
          await superuser.query(
            `update event_log set correlation_id = correlation_id || 'x' where event_id = $1`,
            [victim.id],
          );
          const { faults } = await verifyLog(database, { pageSize: 7 });
          expect(faults).toMatchObject([
            { kind: 'altered', eventId: victim.id, organisationId: victim.organisationId },
          ]);
          await superuser.query(
            `update event_log set correlation_id = left(correlation_id, -1) where event_id = $1`,
            [victim.id],
          );
        },
      ),
      { numRuns: 8 },
    );
  } finally {
    await close();
  }
});
