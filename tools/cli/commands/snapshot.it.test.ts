import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { temporaryDirectory, type TestDatabase } from '@marquee/testkit';
import { logDatabase, run } from '../cli.test-support.ts';

const organisationId = newUuid();
let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await logDatabase();
});
afterAll(() => fixture.drop());

test('snapshots are listed and removed', async () => {
  const stream = streamId('event-series', newUuid());
  await fixture.database.transaction({ organisationId }, (tx) =>
    tx.execute(
      `insert into event_snapshot
         (organisation_id, stream_id, schema_version, version, occurred_at, state, state_bytes, checksum)
       values ($1, $2, 1, 5, now(), '\\x00ff', 100, '\\x00')`,
      [organisationId, stream],
    ),
  );
  const list = () => run('snapshot', 'list', '--database', fixture.url, '--json');
  expect((await list()).lines()).toMatchObject([{ streamId: stream, version: 5, snapshots: 1, bytes: 2 }]);
  expect(await run('snapshot', 'drop', stream, '--database', fixture.url)).toMatchObject({
    out: `1 snapshots of ${stream} removed.\n`,
  });
  expect((await list()).lines()).toEqual([]);
  expect(await run('snapshot')).toMatchObject({ exitCode: 2 });
});

describe('snapshot take', () => {
  const wallet = (policy: string) => `
    const initial = { names: [] };
    export const series = {
      name: 'event-series', initial, decide: () => ({ ok: true, value: [] }),
      evolve: (state, { data }) => ({ names: [...state.names, data.title] }), ${policy}
    };`;

  test('builds the state by the aggregate of a module, and writes it down', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory.path, 'series.mjs');
    await writeFile(file, wallet('snapshots: { schemaVersion: 3, everyEvents: 100 }'));
    const stream = streamId('event-series', newUuid());
    const titled = (title: string): NewEvent => ({
      type: 'events.series-created.v1',
      data: { seriesId: newUuid(), title },
    });
    await fixture.database.transaction({ organisationId }, (tx) =>
      appendEvents(tx, { streamId: stream, events: [titled('Rock'), titled('Jazz')] }),
    );
    const taken = await run(
      'snapshot',
      'take',
      stream,
      '--aggregate',
      file,
      '--database',
      fixture.url,
      '--json',
    );
    expect(taken.lines()).toMatchObject([{ streamId: stream, schemaVersion: 3, version: 2, bytes: 25 }]);
    const listed = await run('snapshot', 'list', '--database', fixture.url, '--json');
    expect(listed.lines()).toContainEqual(
      expect.objectContaining({ streamId: stream, version: 2, schemaVersion: 3 }),
    );
    const unknown = streamId('event-series', newUuid());
    expect(
      await run('snapshot', 'take', unknown, '--aggregate', file, '--database', fixture.url),
    ).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining(`There is no stream ${unknown}`),
    });
    await directory.remove();
  });

  test('names the flag that is wrong', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory.path, 'series.mjs');
    await writeFile(file, wallet(''));
    const stream = streamId('event-series', newUuid());
    const take = (...args: string[]) => run('snapshot', 'take', ...args, '--database', fixture.url);
    for (const [args, message] of [
      [[stream], '--aggregate must name the module'],
      [[stream, '--aggregate', '/nowhere.ts'], 'there is no file /nowhere.ts'],
      [[stream, '--aggregate', `${file}#other`], 'exports no aggregate other'],
      [[stream, '--aggregate', file], 'has no snapshot policy'],
      [[streamId('order', newUuid()), '--aggregate', file], 'is no stream of event-series'],
    ] as const) {
      expect(await take(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(message) });
    }
    await directory.remove();
  });
});
