import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { runWithCorrelation } from '@marquee/telemetry';
import { eventually, type TestDatabase } from '@marquee/testkit';
import { systemScope } from '@marquee/postgres';
import { logDatabase, run, start } from '../cli.test-support.ts';
import { stretchSql } from '../log/read-log.ts';

const [organisationId, other] = [newUuid(), newUuid()];
const guest = streamId('guest', newUuid());
const series = streamId('event-series', newUuid());
const registered = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});
const created = (title: string): NewEvent => ({
  type: 'events.series-created.v1',
  data: { seriesId: newUuid(), title },
});

let fixture: TestDatabase;
const append = (stream: string, events: NewEvent[], organisation = organisationId) =>
  fixture.database.transaction({ organisationId: organisation }, (tx) =>
    appendEvents(tx, { streamId: stream, events }),
  );
const query = async (...args: string[]) => {
  const ran = await run('query', '--database', fixture.url, '--json', ...args);
  expect(ran.err).not.toContain('Error');
  return ran.lines<{ data: { name?: string; title?: string } }>().map(({ data }) => data.name ?? data.title);
};

beforeAll(async () => {
  fixture = await logDatabase();
  await append(guest, [registered('a'), registered('b')]);
  await runWithCorrelation({ correlationId: 'c-1', actor: 'user:ada' }, () => append(series, [created('c')]));
  await append(streamId('guest', newUuid()), [registered('d')], other);
});
afterAll(() => fixture.drop());

describe('query', () => {
  test.each([
    ['everything, in order', [], ['a', 'b', 'c', 'd']],
    ['a stream', ['--stream', guest], ['a', 'b']],
    ['a type', ['--type', 'events.series-created.v1'], ['c']],
    ['a pattern of types', ['--type', 'guests.*-registered.*'], ['a', 'b', 'd']],
    ['two types', ['--type', 'events.*', '--type', 'guests.guest-registered.v1'], ['a', 'b', 'c', 'd']],
    ['one organisation', ['--organisation', other], ['d']],
    ['what a request caused', ['--correlation', 'c-1'], ['c']],
    ['the recent', ['--since', '15m'], ['a', 'b', 'c', 'd']],
    ['the future', ['--since', '2999-01-01T00:00:00Z'], []],
    ['the past', ['--until', '2001-01-01'], []],
    ['the recent, the newest first', ['--since', '15m', '--reverse', '--limit', '2'], ['d', 'c']],
    ['a stretch of time', ['--since', '15m', '--until', '2999-01-01'], ['a', 'b', 'c', 'd']],
    ['a stretch before all', ['--since', '1999-01-01', '--until', '2001-01-01'], []],
    ['the newest first', ['--reverse', '--limit', '2'], ['d', 'c']],
  ])('finds %s', async (_, args, expected) => {
    expect(await query(...args)).toEqual(expected);
  });

  test('tells a person when and where, and with --wide all there is', async () => {
    const { out } = await run('query', '--database', fixture.url, '--correlation', 'c-1', '--wide');
    expect(out).toContain(`events.series-created.v1           ${series} v1`);
    expect(out).toContain('correlation c-1  actor user:ada');
    expect(out).toContain('"title": "c"');
  });

  test('finds where a time is in the log by its index, not by reading all there is', async () => {
    const plan = await fixture.database.read(systemScope, async (tx) => {
      await tx.execute('set local enable_seqscan = off');
      return tx.rows<{ 'QUERY PLAN': string }>(`explain ${stretchSql}`, ['2027-01-01', 'infinity']);
    });
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('Bitmap Index Scan on event_log_time');
  });

  test('says that more matches than is shown', async () => {
    const { err } = await run('query', '--database', fixture.url, '--limit', '1');
    expect(err).toContain('More than 1 events match');
  });

  test.each([
    [['--since', 'yesterday'], '--since must be a time such as'],
    [['--limit', '0'], '--limit must be a whole number of at least 1'],
    [['--organisation', 'acme'], "--organisation must be the organisation's UUID"],
    [['--type', 'a%b'], '--type must be a type such as'],
    [['--colour', 'red'], 'See: marquee events query --help'],
    [['--database', 'nowhere'], '--database must be a URL'],
  ])('refuses %j with words and exit code 2', async (args, message) => {
    const ran = await run('query', ...(args[0] === '--database' ? [] : ['--database', fixture.url]), ...args);
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringContaining(message) });
  });

  test('says what to do where no server answers, the user is refused, or no log is there', async () => {
    const wrong = (change: (url: URL) => void) => {
      const url = new URL(fixture.url);
      change(url);
      return run('query', '--database', url.toString());
    };
    const unreachable = await wrong((url) => (url.port = '1'));
    expect(unreachable).toMatchObject({ exitCode: 1, err: expect.stringContaining('cannot be reached') });
    const refused = await wrong((url) => (url.password = 'wrong'));
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('refuses this user') });
  });
});

describe('tail', () => {
  test('shows the newest, the oldest of them first', async () => {
    await eventually(async () => {
      const ran = await run('tail', '--database', fixture.url, '--json', '-n', '2');
      expect(ran.lines().map(({ type }) => type)).toEqual([
        'events.series-created.v1',
        'guests.guest-registered.v1',
      ]);
    });
  });

  test('-f shows each event once as it comes, and holds back what an open transaction could still precede', async () => {
    const following = start(
      'tail',
      '-f',
      '--database',
      fixture.url,
      '-n',
      '1',
      '--json',
      '--type',
      'guests.*',
    );
    const shown = () =>
      following
        .out()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).data.name);
    await eventually(() => expect(shown()).toEqual(['d']));
    await fixture.database.transaction({ organisationId }, async (tx) => {
      await appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [registered('slow')] });
      await append(streamId('guest', newUuid()), [registered('quick')]);
    });
    await eventually(() => expect(shown()).toEqual(['d', 'slow', 'quick']));
    following.stop();
    expect(await following.ended).toMatchObject({ exitCode: 0 });
  });

  test('--from goes on after a position that a line told', async () => {
    const all = await run('tail', '--database', fixture.url, '--json', '--from', 'start');
    const events = all.lines<{ id: string; position: string }>();
    expect(events.length).toBeGreaterThan(4);
    const rest = await run('tail', '--database', fixture.url, '--json', '--from', events[1]!.position);
    expect(rest.lines().map(({ id }) => id)).toEqual(events.slice(2).map(({ id }) => id));
  });
});
