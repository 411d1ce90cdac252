import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { runWithCorrelation } from '@marquee/telemetry';
import { arbitraryEvent, eventually, temporaryDirectory, type TestDatabase } from '@marquee/testkit';
import { logDatabase, run } from '../cli.test-support.ts';

const organisationId = newUuid();

let from: TestDatabase;
let to: TestDatabase;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  from = await logDatabase();
});
afterAll(() => from.drop());
beforeEach(async () => {
  to = await logDatabase();
  directory = await temporaryDirectory();
});
afterEach(async () => {
  await to.drop();
  await directory.remove();
});

const append = (stream: string, ...data: object[]) =>
  from.database.transaction({ organisationId }, (tx) =>
    appendEvents(tx, {
      streamId: stream,
      events: data.map((each) => ({ type: 'guests.guest-registered.v1', data: each }) as never),
    }),
  );
const guest = (name: string) => ({ guestId: newUuid(), email: 'ada@example.com', name });

/** Everything stored but the place in the log, which is new in another one; in the order of the log. */
const contentOf = ({ database }: TestDatabase) =>
  database.read(systemScope, (tx) =>
    tx.rows(
      `select event_id, organisation_id, stream_id, version, type, data::text as data, occurred_at, correlation_id,
              actor, traceparent, category
       from event_log order by event_log.tx, global_position`,
    ),
  );
const streamsOf = ({ database }: TestDatabase) =>
  database.read(systemScope, (tx) =>
    tx.rows('select organisation_id, stream_id, version from event_stream order by 1, 2'),
  );
/** All that was committed is below the horizon: an export has it. */
const settled = () =>
  eventually(async () => {
    const all = await contentOf(from);
    const ran = await run('export', '-', '--database', from.url);
    expect(ran.lines()).toHaveLength(all.length);
  });
const exportTo = async (file: string, ...args: string[]) => {
  const path = join(directory.path, file);
  const ran = await run('export', path, '--database', from.url, ...args);
  expect(ran).toMatchObject({ exitCode: 0 });
  return path;
};
const importFrom = (path: string) => run('import', path, '--database', to.url, '--json');

describe.each(['ndjson', 'parquet'])('export and import of %s', (format) => {
  test('bring any events back exactly: order, envelope, data, streams', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.nat(3), arbitraryEvent(), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
          {
            minLength: 1,
            maxLength: 30,
          },
        ),
        async (drafts) => {
          const streams = Array.from({ length: 4 }, () => streamId('guest', newUuid()));
          for (const [stream, event, name] of drafts) {
            const correlation = {
              correlationId: `c-${name.replaceAll('\0', '')}-ß→🎭`,
              actor: 'user:Ünïcode',
              ...(stream === 0 && { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }),
            };
            await runWithCorrelation(correlation, () =>
              from.database.transaction({ organisationId }, (tx) =>
                appendEvents(tx, { streamId: streams[stream]!, events: [event] }),
              ),
            );
          }
          await settled();
          const path = await exportTo(`${newUuid()}.${format}`);
          const before = (await contentOf(to)).length;
          // Each run has more events than the last, so this also goes on where the last import ended.
          const ran = await importFrom(path);
          expect(ran).toMatchObject({ exitCode: 0 });
          expect(ran.lines()).toMatchObject([{ added: (await contentOf(from)).length - before }]);
          expect(await contentOf(to)).toEqual(await contentOf(from));
          expect(await streamsOf(to)).toEqual(await streamsOf(from));
        },
      ),
      { numRuns: 8 },
    );
  });

  test('keep numbers that JavaScript would round, and every kind of text', async () => {
    const stream = streamId('guest', newUuid());
    const data =
      '{"big": 123456789012345678901234567890.000000000000000000010, "text": "\\u2028 \\"quoted\\" \\\\ 🎭 \\u202e"}';
    await from.database.transaction(systemScope, async (tx) => {
      await tx.execute(
        `insert into event_stream (organisation_id, stream_id, version, last_tx) values ($1, $2, 1, pg_current_xact_id())`,
        [organisationId, stream],
      );
      await tx.execute(
        `insert into event_log (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor)
         values ($1, $2, $3, 1, 'guests.guest-registered.v1', $4::jsonb, 'c', 'a')`,
        [newUuid(), organisationId, stream, data],
      );
    });
    await settled();
    const path = await exportTo(`numbers.${format}`, '--stream', stream);
    expect(await importFrom(path)).toMatchObject({ exitCode: 0 });
    const [copy] = (await contentOf(to)) as { data: string }[];
    expect(copy!.data).toContain('123456789012345678901234567890.000000000000000000010');
    expect(await contentOf(to)).toEqual(
      ((await contentOf(from)) as { stream_id: string }[]).filter((event) => event.stream_id === stream),
    );
  });

  test('an import run again adds nothing, and one that broke off is completed', async () => {
    const stream = streamId('guest', newUuid());
    await append(stream, guest('a'), guest('b'), guest('c'));
    await settled();
    const path = await exportTo(`again.${format}`, '--stream', stream);
    expect((await importFrom(path)).lines()).toMatchObject([{ added: 3, known: 0 }]);
    expect((await importFrom(path)).lines()).toMatchObject([{ added: 0, known: 3 }]);
    await append(stream, guest('d'));
    await settled();
    const more = await exportTo(`more.${format}`, '--stream', stream);
    expect((await importFrom(more)).lines()).toMatchObject([{ added: 1, known: 3 }]);
  });
});

describe('an import', () => {
  const exportOne = async () => {
    const stream = streamId('guest', newUuid());
    await append(stream, guest('a'), guest('b'));
    await settled();
    return { stream, path: await exportTo('one.ndjson', '--stream', stream) };
  };

  test('refuses an event whose id is there with another content, and changes nothing', async () => {
    const { path } = await exportOne();
    await importFrom(path);
    const before = await contentOf(to);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"name": "b"', '"name": "mallory"'));
    const ran = await importFrom(path);
    expect(ran).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('in the log with another content'),
    });
    expect(await contentOf(to)).toEqual(before);
  });

  test('refuses another event in the place of one, and a stream without its beginning', async () => {
    const { path, stream } = await exportOne();
    await importFrom(path);
    const lines = (await readFile(path, 'utf8')).split('\n');
    const other = JSON.stringify({ ...JSON.parse(lines[1]!), id: newUuid() });
    await writeFile(path, `${other}\n`);
    expect(await importFrom(path)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining(`version 2 of ${stream}, which the log has as another event`),
    });
    const late = JSON.stringify({ ...JSON.parse(lines[1]!), id: newUuid(), version: 9 });
    await writeFile(path, `${late}\n`);
    expect(await importFrom(path)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('has it up to 2'),
    });
  });

  test('names the line that is cut short, and says what stays', async () => {
    const { path } = await exportOne();
    await appendFile(path, '{"service":"cli","id":');
    const ran = await importFrom(path);
    expect(ran).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Event 3 of the file is not a JSON object'),
    });
    expect(ran.err).toContain('running it again passes over them');
  });

  test.each([
    [['import', 'events.csv', '--database', 'postgres://x/y'], 'does not say its format'],
    [['import', 'events.ndjson'], 'add --yes'],
    [['import'], 'Which file?'],
    [['export', '-', '--format', 'parquet', '--database', 'postgres://x/y'], 'cannot be piped'],
  ])('%j is refused with words', async (args, message) => {
    expect(await run(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(message) });
  });
});

test('an export overwrites no file and leaves no half one', async () => {
  const path = join(directory.path, 'there.parquet');
  await writeFile(path, 'mine');
  const ran = await run('export', path, '--database', from.url);
  expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining('overwrites nothing') });
  expect(await readFile(path, 'utf8')).toBe('mine');
  const away = new URL(from.url);
  away.password = 'wrong';
  expect(
    await run('export', join(directory.path, 'new.parquet'), '--database', away.toString()),
  ).toMatchObject({ exitCode: 1 });
  expect(existsSync(join(directory.path, 'new.parquet'))).toBe(false);
  expect(existsSync(join(directory.path, 'new.parquet.partial'))).toBe(false);
});
