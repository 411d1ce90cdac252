import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assertValidEvent, erasedText, type NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { appendEvents, readStream, rewrapSubjectKeys, sealLog, streamId, verifyLog } from '../index.ts';
import {
  openEncrypted,
  registered,
  scope,
  streamOf,
  type EncryptedFixture,
} from './encrypted.test-support.ts';

let fixture: EncryptedFixture;
let { database, keys, encryption, elsewhere, append, read, stored, erase } = {} as EncryptedFixture;
beforeAll(async () => {
  fixture = await openEncrypted();
  ({ database, keys, encryption, elsewhere, append, read, stored, erase } = fixture);
});
afterAll(() => fixture.close());

describe('an erased person', () => {
  test('reads as erased in every event, which still fit the catalogue; others are read as before', async () => {
    const [guestId, otherId] = [newUuid(), newUuid()];
    const stream = streamId('thing', newUuid());
    const preferences: NewEvent = {
      type: 'guests.preferences-updated.v1',
      data: { guestId, preferences: [{ kind: 'access', value: 'wheelchair' }] },
    };
    await append(
      encryption,
      stream,
      registered(guestId, { phone: '+441' }),
      preferences,
      registered(otherId),
    );
    const told = await erase(encryption, guestId);
    expect(told).toMatchObject([{ type: 'guests.guest-erased.v1', data: { guestId } }]);
    for (const reader of [encryption, elsewhere()]) {
      const events = await read(reader, stream);
      expect(events.map((event) => event.data)).toEqual([
        { guestId, email: erasedText, name: erasedText, phone: null },
        { guestId, preferences: [] },
        registered(otherId).data,
      ]);
      for (const event of events) assertValidEvent(event);
    }
  });

  test('is told of once, also when erased twice or by many at once', async () => {
    const guestId = newUuid();
    await append(encryption, streamOf(guestId), registered(guestId));
    await Promise.all(Array.from({ length: 5 }, () => erase(encryption, guestId)));
    expect(await erase(elsewhere(), guestId)).toEqual([]);
    const events = await read(encryption, streamOf(guestId));
    expect(events.map((event) => event.type)).toEqual([
      'guests.guest-registered.v1',
      'guests.guest-erased.v1',
    ]);
  });

  test('has no wrapped key left, and gets none again', async () => {
    const [known, unknown] = [newUuid(), newUuid()];
    await append(encryption, streamOf(known), registered(known));
    for (const guestId of [known, unknown]) {
      await erase(encryption, guestId);
      const rows = await database.read(scope, (tx) =>
        tx.rows('select wrapped, key_encryption_key_id as kek from event_subject_key where subject = $1', [
          guestId,
        ]),
      );
      expect(rows).toEqual([{ wrapped: null, kek: null }]);
      for (const writer of [encryption, elsewhere()])
        await expect(append(writer, streamOf(guestId), registered(guestId))).rejects.toMatchObject({
          code: 'SUBJECT_ERASED',
        });
    }
  });

  test('that is not erased after all, because the transaction rolled back, is read as before', async () => {
    const guestId = newUuid();
    await append(encryption, streamOf(guestId), registered(guestId));
    const failing = database.transaction(scope, async (tx) => {
      const announce = { streamId: streamOf(guestId), events: [] };
      await encryption.eraseSubject(tx, { subject: guestId, announce });
      await readStream(tx, streamOf(guestId), { interceptors: [elsewhere().within(tx).read] });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    for (const reader of [encryption, elsewhere()])
      expect(await read(reader, streamOf(guestId))).toMatchObject([registered(guestId)]);
  });

  test('is erased in another process too, once the time is up that it may use a key without looking', async () => {
    const guestId = newUuid();
    const [remembers, looks] = [elsewhere({ cacheMs: 600_000 }), elsewhere({ cacheMs: 0 })];
    await append(remembers, streamOf(guestId), registered(guestId));
    await read(looks, streamOf(guestId));
    await erase(encryption, guestId);
    expect((await read(remembers, streamOf(guestId)))[0]).toMatchObject(registered(guestId));
    expect((await read(looks, streamOf(guestId)))[0]).toMatchObject({ data: { email: erasedText } });
  });

  test('of one tenant is another tenant’s guest still', async () => {
    const [guestId, other] = [newUuid(), { organisationId: newUuid() }];
    await append(encryption, streamOf(guestId), registered(guestId));
    await database.transaction(other, (tx) =>
      appendEvents(tx, {
        streamId: streamOf(guestId),
        events: [registered(guestId)],
        interceptors: [encryption.within(tx).append],
      }),
    );
    await erase(encryption, guestId);
    const theirs = await database.read(other, (tx) =>
      readStream(tx, streamOf(guestId), { interceptors: [elsewhere().within(tx).read] }),
    );
    expect(theirs).toMatchObject([registered(guestId)]);
  });
});

test('a rotation wraps every key anew, leaves the events and their seal as they are, and revives nobody', async () => {
  const [guestId, erasedId] = [newUuid(), newUuid()];
  await append(encryption, streamOf(guestId), registered(guestId));
  await append(encryption, streamOf(erasedId), registered(erasedId));
  await erase(encryption, erasedId);
  await sealLog(database);
  const before = await stored(streamOf(guestId));
  const old = await keys.currentKeyId();
  const current = await keys.rotate();
  expect(await rewrapSubjectKeys(database, keys, { batchSize: 2 })).toBeGreaterThan(2);
  expect(await rewrapSubjectKeys(database, keys)).toBe(0);
  const kinds = await database.read(systemScope, (tx) =>
    tx.rows<{ kek: string | null }>('select distinct key_encryption_key_id as kek from event_subject_key'),
  );
  expect(kinds.map(({ kek }) => kek)).toEqual(expect.arrayContaining([current, null]));
  expect(kinds).toHaveLength(2);
  await keys.destroy(old);
  expect(await stored(streamOf(guestId))).toEqual(before);
  expect(await read(elsewhere(), streamOf(guestId))).toMatchObject([registered(guestId)]);
  expect((await read(elsewhere(), streamOf(erasedId)))[0]).toMatchObject({ data: { name: erasedText } });
  const { faults } = await verifyLog(database);
  expect(faults.filter((fault) => fault.streamId === streamOf(guestId))).toEqual([]);
});
