import { describe, expect, test } from '@jest/globals';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { runWithCorrelation } from '@marquee/telemetry';
import fc from 'fast-check';
import { appendEvents, readStream, streamId, type ConcurrencyError, type StreamAppend } from '../index.ts';

export type Append = (request: StreamAppend & { readonly organisationId: string }) => Promise<DomainEvent[]>;

export const registered = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});
export const newStream = () => streamId('guest', newUuid());

/** One promise for both ways to append: alone in a transaction, and coalesced with others. */
export function describeAppending(name: string, given: () => { database: Database; append: Append }): void {
  const organisationId = newUuid();
  const scope = { organisationId };
  const append = (stream: string, names: readonly string[], expectedVersion?: number | 'none') =>
    given().append({
      organisationId,
      streamId: stream,
      events: names.map(registered),
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
  const read = (stream: string) => given().database.read(scope, (tx) => readStream(tx, stream));

  describe(`appending ${name}`, () => {
    test('numbers a stream without gaps and answers what is read later', async () => {
      const stream = newStream();
      const appended = [...(await append(stream, ['a', 'b'], 'none')), ...(await append(stream, ['c'], 2))];
      expect(appended.map((event) => event.version)).toEqual([1, 2, 3]);
      expect(await read(stream)).toEqual(appended);
    });

    test('takes who and why from the work of each caller', async () => {
      const streams = [newStream(), newStream()];
      await Promise.all(
        streams.map((stream, n) =>
          runWithCorrelation({ correlationId: `c-${n}`, actor: `user:${n}` }, () => append(stream, ['a'])),
        ),
      );
      const [first, second] = [await read(streams[0]!), await read(streams[1]!)];
      expect(first).toMatchObject([{ correlationId: 'c-0', actor: 'user:0' }]);
      expect(second).toMatchObject([{ correlationId: 'c-1', actor: 'user:1' }]);
    });

    test.each([
      ['a stream that must be new', 'none' as const, 2],
      ['a version that is behind', 1, 2],
      ['a version that is ahead', 3, 2],
    ])('refuses %s with the version there is, and writes nothing', async (_, expected, actualVersion) => {
      const stream = newStream();
      await append(stream, ['a', 'b']);
      await expect(append(stream, ['c'], expected)).rejects.toMatchObject({
        name: 'ConcurrencyError',
        code: 'CONCURRENCY',
        actualVersion,
        message: `stream ${stream} is at version 2, not at ${expected === 'none' ? 0 : expected}`,
      });
      expect(await read(stream)).toHaveLength(2);
    });

    test('refuses a version of a stream that does not exist, and does not make it', async () => {
      const stream = newStream();
      await expect(append(stream, ['a'], 1)).rejects.toMatchObject({ actualVersion: 0 });
      expect(await append(stream, ['a'], 'none')).toHaveLength(1);
    });

    test('lets exactly one of many that expect the same through', async () => {
      const stream = newStream();
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => append(stream, [`${n}`], 'none')),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      for (const result of results.filter((each) => each.status === 'rejected'))
        expect(result.reason).toMatchObject({ name: 'ConcurrencyError', actualVersion: 1 });
      expect(await read(stream)).toHaveLength(1);
    });

    test('lets all that expect nothing through, each with versions of its own', async () => {
      const stream = newStream();
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => append(stream, [`${n}a`, `${n}b`])));
      for (const [first, second] of all) expect(second!.version).toBe(first!.version + 1);
      expect((await read(stream)).map((event) => event.version)).toEqual(
        Array.from({ length: 40 }, (_, n) => n + 1),
      );
    });

    test('refuses what does not fit its schema before anything is written', async () => {
      const stream = newStream();
      const bad = { type: 'guests.guest-registered.v1', data: {} } as unknown as NewEvent;
      const request = { organisationId, streamId: stream, events: [registered('a'), bad] };
      await expect(given().append(request)).rejects.toMatchObject({ name: 'InvalidEventError' });
      expect(await read(stream)).toEqual([]);
    });

    test('fails alone with what the database cannot store', async () => {
      const [good, bad] = [newStream(), newStream()];
      const results = await Promise.allSettled([
        append(good, ['a']),
        append(bad, ['\0']),
        append(bad, ['b']),
        append('x'.repeat(201), ['c']),
        append(good, ['d']),
      ]);
      expect(results.map((result) => result.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(results[1]).toMatchObject({ reason: { code: '22P05' } });
      expect(await read(bad)).toHaveLength(1);
      expect(await read(good)).toHaveLength(2);
    });

    test('of nothing touches nothing', async () => {
      const statements: string[] = [];
      const stop = given().database.observe((statement) => statements.push(statement));
      expect(await append(newStream(), [], 7)).toEqual([]);
      stop();
      expect(statements).toEqual([]);
    });

    test('judges any crowd of requests as if they had come one after another', async () => {
      const request = fc.record({
        stream: fc.integer({ min: 0, max: 2 }),
        events: fc.integer({ min: 1, max: 3 }),
        expected: fc.option(fc.integer({ min: 0, max: 6 })),
        inTransaction: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 30 }), async (requests) => {
          const streams = [newStream(), newStream(), newStream()];
          const results = await Promise.allSettled(
            requests.map(async ({ stream, events, expected, inTransaction }) => {
              const all = {
                streamId: streams[stream]!,
                events: Array.from({ length: events }, () => registered('x')),
                ...(expected !== null && { expectedVersion: expected }),
              };
              if (!inTransaction) return given().append({ organisationId, ...all });
              return given().database.transaction(scope, (tx) => appendEvents(tx, all));
            }),
          );
          const accepted = streams.map(() => [] as number[]);
          for (const [index, result] of results.entries()) {
            const { stream, events, expected } = requests[index]!;
            if (result.status === 'fulfilled') {
              const versions = result.value.map((event) => event.version);
              const base = expected ?? versions[0]! - 1;
              expect(versions).toEqual(Array.from({ length: events }, (_, n) => base + 1 + n));
              accepted[stream]!.push(...versions);
            } else {
              expect(result.reason).toMatchObject({ name: 'ConcurrencyError' });
              expect((result.reason as ConcurrencyError).actualVersion).not.toBe(expected);
              expect(expected).not.toBeNull();
            }
          }
          for (const [n, stream] of streams.entries()) {
            const stored = (await read(stream)).map((event) => event.version);
            expect(stored).toEqual(stored.map((_, index) => index + 1));
            expect(accepted[n]!.toSorted((a, b) => a - b)).toEqual(stored);
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}
