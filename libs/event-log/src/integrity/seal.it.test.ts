import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { migrate, revertMigrations } from '@marquee/postgres';
import { eventually, settledLog, testDatabase } from '@marquee/testkit';
import {
  appendEvents,
  proveConsistency,
  proveEvent,
  sealLog,
  startSealer,
  streamId,
  verifyConsistencyProof,
  verifyEventProof,
  verifyLog,
  type SignedTreeHead,
} from '../index.ts';
import {
  a,
  b,
  migrations,
  openSealed,
  publicKeys,
  registered,
  signer,
  strangersKeys,
  type SealedFixture,
} from './sealed.test-support.ts';

let fixture: SealedFixture;
let { database, superuser, append, inSystem, headsOf } = {} as SealedFixture;
const open = async () => {
  fixture = await openSealed();
  ({ database, superuser, append, inSystem, headsOf } = fixture);
};
const close = () => fixture.close();

describe('sealing', () => {
  beforeAll(open);
  afterAll(close);

  test('chains every event of every tenant once, however many passes there are at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => append(n % 2 ? a : b, 1 + (n % 7))));
    const passes = await Promise.all(Array.from({ length: 4 }, () => sealLog(database, { batchSize: 7 })));
    await eventually(async () => {
      passes.push(await sealLog(database, { batchSize: 7 }));
      expect((await verifyLog(database)).unsealed).toBe(0);
    });
    const { rows } = await superuser.query('select from event_log');
    expect(passes.reduce((sum, pass) => sum + pass.sealed, 0)).toBe(rows.length);
    expect(await verifyLog(database)).toEqual({
      ok: true,
      faults: [],
      events: rows.length,
      heads: 0,
      unsealed: 0,
    });
  });

  test('leaves what an open transaction may yet precede for a later pass', async () => {
    let letGo = () => {};
    const told = new Promise<void>((resolve) => (letGo = resolve));
    let isOpen = () => {};
    const opened = new Promise<void>((resolve) => (isOpen = resolve));
    const slow = database.transaction({ organisationId: a }, async (tx) => {
      await appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [registered('slow')] });
      isOpen();
      await told;
    });
    await opened;
    try {
      await append(a, 3);
      expect(await sealLog(database)).toMatchObject({ leading: true, sealed: 0 });
      expect((await verifyLog(database)).unsealed).toBe(3);
    } finally {
      letGo();
      await slow;
    }
    await eventually(async () => {
      await sealLog(database);
      expect(await verifyLog(database)).toMatchObject({ ok: true, unsealed: 0 });
    });
  });

  test('goes on in the background until stopped, and signs what has grown', async () => {
    const errors: unknown[] = [];
    const sealer = startSealer(database, { everyMs: 5, signer, onError: (error) => errors.push(error) });
    await append(a, 2);
    await eventually(async () => {
      const { events, unsealed } = await verifyLog(database);
      expect(unsealed).toBe(0);
      expect((await headsOf(a)).at(-1)?.size).toBe((await verifyLog(database, { organisationId: a })).events);
      expect(events).toBeGreaterThan(0);
    });
    await sealer.stop();
    await append(a, 1);
    expect((await verifyLog(database)).unsealed).toBe(1);
    expect(errors).toEqual([]);
  });

  test('begins anew after a restore without sealing anything twice', async () => {
    await settledLog(database);
    await sealLog(database);
    const before = (await verifyLog(database)).events;
    await append(b, 2);
    await superuser.query(`update event_log set tx = '0'; update event_stream set last_tx = '0';
      update event_chain_tip set tx = '0', position = 0`);
    expect(await sealLog(database)).toMatchObject({ sealed: 2 });
    expect(await verifyLog(database)).toMatchObject({ ok: true, events: before + 2, unsealed: 0 });
  });

  test('keeps a tenant from reading another’s chain', async () => {
    const rows = await database.read({ organisationId: a }, (tx) =>
      tx.rows('select from event_chain where organisation_id = $1', [b]),
    );
    expect(rows).toEqual([]);
  });

  test('is a migration that can be taken back', async () => {
    const other = await testDatabase({ name: 'integrity', migrations });
    await revertMigrations({ url: other.ownerUrl, migrations, count: 1 });
    await migrate({ url: other.ownerUrl, migrations });
    await other.drop();
  });
});

describe('proofs from the log', () => {
  beforeAll(async () => {
    await open();
    for (const count of [1, 2, 300, 1, 400]) {
      await append(a, count);
      await append(b, 3);
      await settledLog(database);
      await sealLog(database, { signer });
    }
  });
  afterAll(close);

  test('put every event under the head, beyond the size of a kept subtree too', async () => {
    const head = (await headsOf(a)).at(-1)!;
    expect(head).toMatchObject({ log: 'guests', organisationId: a, size: 704 });
    const { rows } = await superuser.query<{ id: string }>(
      'select event_id as id from event_log where organisation_id = $1 order by global_position',
      [a],
    );
    for (const index of [0, 1, 127, 255, 256, 257, 511, 512, 700, 703]) {
      const proof = await inSystem((tx) => proveEvent(tx, rows[index]!.id, head.size));
      expect(proof).toMatchObject({ index, size: 704 });
      // What an auditor gets is JSON.
      const received = JSON.parse(JSON.stringify(proof)) as NonNullable<typeof proof>;
      expect(verifyEventProof(received, head, publicKeys)).toBe(true);
      const forged = { ...received, event: { ...received.event, actor: 'mallory' } };
      expect(verifyEventProof(forged, head, publicKeys)).toBe(false);
      expect(verifyEventProof(received, { ...head, root: '00'.repeat(32) }, publicKeys)).toBe(false);
      expect(verifyEventProof(received, head, [strangersKeys.publicKey])).toBe(false);
    }
  });

  test('are not given for what is not there, not yet under the head, or another tenant’s', async () => {
    const [first] = await headsOf(a);
    const [late] = await append(a, 1);
    expect(await inSystem((tx) => proveEvent(tx, late!, 704))).toBeNull();
    await settledLog(database);
    await sealLog(database, { signer });
    expect(await inSystem((tx) => proveEvent(tx, late!, first!.size))).toBeNull();
    expect(await inSystem((tx) => proveEvent(tx, late!, 100_000))).toBeNull();
    expect(await inSystem((tx) => proveEvent(tx, newUuid(), 1))).toBeNull();
    expect(await database.read({ organisationId: b }, (tx) => proveEvent(tx, late!, 705))).toBeNull();
  });

  test('lead from each head to each later one, and from no forged one', async () => {
    const heads = await headsOf(a);
    for (const [index, earlier] of heads.entries()) {
      for (const later of heads.slice(index)) {
        const proof = (await inSystem((tx) => proveConsistency(tx, a, earlier.size, later.size)))!;
        expect(verifyConsistencyProof(proof, earlier, later, publicKeys)).toBe(true);
        const forged: SignedTreeHead = { ...earlier, root: later.root };
        expect(verifyConsistencyProof(proof, forged, later, publicKeys)).toBe(earlier === later);
      }
    }
    const other = await headsOf(b);
    const proof = (await inSystem((tx) => proveConsistency(tx, a, 1, 303)))!;
    expect(verifyConsistencyProof(proof, other[0]!, heads[2]!, publicKeys)).toBe(false);
  });
});
