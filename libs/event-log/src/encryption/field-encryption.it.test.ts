import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encryptedFields } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { arbitraryEvent, eventually } from '@marquee/testkit';
import { appendEvents, createAppender, logStart, readAll, streamId } from '../index.ts';
import {
  openEncrypted,
  registered,
  scope,
  streamOf,
  type EncryptedFixture,
} from './encrypted.test-support.ts';

let fixture: EncryptedFixture;
let { database, encryption, elsewhere, append, read, stored, forge } = {} as EncryptedFixture;
beforeAll(async () => {
  fixture = await openEncrypted();
  ({ database, encryption, elsewhere, append, read, stored, forge } = fixture);
});
afterAll(() => fixture.close());

const countingStatements = async (work: () => Promise<unknown>, pattern: string) => {
  let count = 0;
  const stop = database.observe((sql) => void (count += sql.includes(pattern) ? 1 : 0));
  await work();
  stop();
  return count;
};

describe('what is personal', () => {
  test('is stored enciphered and read as it was; the caller and the rest of the event see no difference', async () => {
    const guestId = newUuid();
    const stream = streamOf(guestId);
    const event = registered(guestId, { locale: 'en-GB', phone: null });
    const appended = await append(encryption, stream, event);
    expect(appended).toMatchObject([event]);
    const [row] = await stored(stream);
    expect(row!.data).toEqual({
      guestId,
      locale: 'en-GB',
      email: { $encrypted: expect.stringMatching(/^v1\.[\w-]+$/) },
      name: { $encrypted: '/email' },
      phone: { $encrypted: '/email' },
    });
    // No shorter: three letters of a name are soon found in an id or a cipher text.
    expect(row!.text).not.toMatch(/ada@example|Lovelace/i);
    expect(await read(encryption, stream)).toEqual(appended);
    expect(await read(elsewhere(), stream)).toEqual(appended);
  });

  test('is read back whatever the event, and other events are left alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryEvent(), { minLength: 1, maxLength: 5 }), async (events) => {
        const stream = streamId('thing', newUuid());
        const appended = await append(encryption, stream, ...events);
        expect(await read(elsewhere(), stream)).toEqual(appended);
        for (const [index, { data }] of (await stored(stream)).entries())
          for (const { path } of encryptedFields(events[index]!.type))
            expect(data[path[0]!]).toEqual(
              data[path[0]!] === undefined ? undefined : { $encrypted: expect.anything() },
            );
      }),
      { numRuns: 25 },
    );
  });

  test('of rows from before encryption was switched on is read as it is', async () => {
    const guestId = newUuid();
    const plain = await database.transaction(scope, (tx) =>
      appendEvents(tx, { streamId: streamOf(guestId), events: [registered(guestId)] }),
    );
    const more = await append(encryption, streamOf(guestId), registered(guestId));
    expect(await read(encryption, streamOf(guestId))).toEqual([...plain, ...more]);
  });

  test('comes with one statement for all keys of a page, and with none once they are in memory', async () => {
    const guests = Array.from({ length: 30 }, () => newUuid());
    const stream = streamId('thing', newUuid());
    const events = guests.flatMap((guestId) => [registered(guestId), registered(guestId)]);
    expect(await countingStatements(() => append(encryption, stream, ...events), 'event_subject_key')).toBe(
      2,
    );
    expect(await countingStatements(() => append(encryption, stream, ...events), 'event_subject_key')).toBe(
      0,
    );
    const other = elsewhere();
    expect(await countingStatements(() => read(other, stream), 'event_subject_key')).toBe(1);
    expect(await countingStatements(() => read(other, stream), 'event_subject_key')).toBe(0);
  });

  test('passes through the coalesced append and the feed of all tenants', async () => {
    const tenants = [newUuid(), newUuid()];
    const guestId = newUuid(); // of both: to each its own key
    const appender = createAppender(database, { interceptors: [encryption.over(database).append] });
    const appended = await Promise.all(
      tenants.map((tenant) =>
        appender.append({
          organisationId: tenant,
          streamId: streamOf(guestId),
          events: [registered(guestId)],
        }),
      ),
    );
    const other = elsewhere();
    // Another test's open transaction, anywhere in the cluster, may keep them out of sight for a while.
    await eventually(async () => {
      const feed = await database.read(systemScope, (tx) =>
        readAll(tx, logStart, 10_000, { interceptors: [other.within(tx).read] }),
      );
      const found = feed.map(({ event }) => event).filter((event) => tenants.includes(event.organisationId));
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining(appended.flat()));
    });
  });

  test('has one key for one person, also when many transactions meet it first at the same time', async () => {
    const guestId = newUuid();
    await Promise.all(
      Array.from({ length: 8 }, () =>
        append(elsewhere(), streamId('thing', newUuid()), registered(guestId), registered(newUuid())),
      ),
    );
    const rows = await database.read(scope, (tx) =>
      tx.rows('select from event_subject_key where subject = $1', [guestId]),
    );
    expect(rows).toHaveLength(1);
    await append(elsewhere(), streamOf(guestId), registered(guestId));
    expect(await read(elsewhere(), streamOf(guestId))).toMatchObject([registered(guestId)]);
  });

  test('is never enciphered with a key whose transaction was rolled back', async () => {
    const guestId = newUuid();
    const failing = database.transaction(scope, async (tx) => {
      const append = { streamId: streamOf(guestId), events: [registered(guestId)] };
      await appendEvents(tx, { ...append, interceptors: [encryption.within(tx).append] });
      await appendEvents(tx, { ...append, interceptors: [encryption.within(tx).append] });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await append(encryption, streamOf(guestId), registered(guestId));
    expect(await read(elsewhere(), streamOf(guestId))).toMatchObject([registered(guestId)]);
  });
});

describe('a cipher text', () => {
  test.each([
    ['in another field', `data || jsonb_build_object('name', data->'email', 'email', data->'name')`],
    ['without one of the fields it holds', `data - 'name'`],
    [
      'with one character changed',
      `jsonb_set(data, '{email,$encrypted}', to_jsonb(overlay(data->'email'->>'$encrypted' placing (case substr(data->'email'->>'$encrypted', 40, 1) when 'A' then 'B' else 'A' end) from 40)))`,
    ],
    ['cut off', `jsonb_set(data, '{email,$encrypted}', '"v1.AAAA"')`],
  ])('%s does not open', async (_, change) => {
    const guestId = newUuid();
    await append(encryption, streamOf(guestId), registered(guestId));
    await forge(`update event_log set data = ${change} where stream_id = $1`, [streamOf(guestId)]);
    await expect(read(encryption, streamOf(guestId))).rejects.toMatchObject({
      name: 'FieldEncryptionError',
      code: 'FORGED',
    });
  });

  test('of another event, or under another person’s name, does not open', async () => {
    const guestId = newUuid();
    const stream = streamOf(guestId);
    await append(encryption, stream, registered(guestId), registered(guestId));
    await forge(
      `update event_log set data = (select data from event_log where stream_id = $1 and version = 1) where stream_id = $1 and version = 2`,
      [stream],
    );
    await expect(read(encryption, stream)).rejects.toMatchObject({ code: 'FORGED' });
    const [stranger, strange] = [newUuid(), streamId('thing', newUuid())];
    await append(encryption, strange, registered(stranger));
    await forge(
      `update event_log set data = jsonb_set(data, '{guestId}', to_jsonb($2::text)) where stream_id = $1`,
      [strange, guestId],
    );
    await expect(read(encryption, strange)).rejects.toMatchObject({ code: 'FORGED' });
  });

  test('without any record of its key is a fault and not an erasure', async () => {
    const guestId = newUuid();
    await append(encryption, streamOf(guestId), registered(guestId));
    await forge('delete from event_subject_key where subject = $1', [guestId]);
    await expect(read(elsewhere(), streamOf(guestId))).rejects.toMatchObject({ code: 'KEY_MISSING' });
  });
});
