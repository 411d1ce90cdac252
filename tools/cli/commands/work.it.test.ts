import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { anyProjection, defineProjection, startProjections, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testServers, type TestDatabase } from '@marquee/testkit';
import { logDatabase, run } from '../cli.test-support.ts';

const organisationId = newUuid();
const data = () => JSON.stringify({ seriesId: newUuid(), title: 'Jazz' });

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await logDatabase();
});
afterAll(() => fixture.drop());

const append = (...args: string[]) =>
  run('append', ...args, '--organisation', organisationId, '--database', fixture.url, '--json');

describe('append', () => {
  const stream = streamId('event-series', newUuid());

  test('appends a valid event with who and why', async () => {
    const ran = await append(
      stream,
      'events.series-created.v1',
      '--data',
      data(),
      '--actor',
      'ada',
      '--correlation',
      'c-7',
    );
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.lines()).toMatchObject([{ version: 1, actor: 'ada', correlationId: 'c-7', organisationId }]);
  });

  test('names the path of what does not fit, and writes nothing', async () => {
    const ran = await append(stream, 'events.series-created.v1', '--data', '{"seriesId":"1","title":7}');
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining('/seriesId') });
    const late = await append(
      stream,
      'events.series-created.v1',
      '--data',
      data(),
      '--expected-version',
      '7',
    );
    expect(late).toMatchObject({ exitCode: 1, err: expect.stringContaining('is at version 1, not at 7') });
  });

  test.each([
    [['x', 'no.such-event.v1', '--data', '{}'], 'no event no.such-event.v1 in the catalogue'],
    [['x', 'events.series-created.v1', '--data', '{'], '--data is not JSON'],
    [['x', 'events.series-created.v1'], 'Say all of it'],
    [
      ['x', 'events.series-created.v1', '--data', data(), '--expected-version', 'last'],
      '--expected-version must be',
    ],
  ])('refuses %j', async (args, message) => {
    expect(await append(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(message) });
  });
});

test('flow shows what one request caused, in order and with the time between', async () => {
  const correlation = `c-${newUuid()}`;
  for (const name of ['first', 'second']) {
    await append(
      streamId('event-series', newUuid()),
      'events.series-created.v1',
      '--data',
      data(),
      '--correlation',
      correlation,
      '--actor',
      name,
    );
  }
  const { out } = await run('flow', correlation, '--database', fixture.url, '--service', 'events');
  expect(out).toMatch(/^c-\S+: 2 events in events, \d+ ms from /);
  expect(out).toMatch(/\+0 ms {2}events {2}events\.series-created\.v1 .* by first\n +\+\d+ ms .* by second/);
  const none = await run('flow', 'c-none', '--database', fixture.url);
  expect(none).toMatchObject({ exitCode: 1, err: expect.stringContaining('No event was caused by c-none') });
});

describe('init and migrate', () => {
  const name = `cli_init_${newUuid().replaceAll('-', '')}`;
  let url: string;
  const admin = async (sql: string, of?: string) => {
    const client = new pg.Client({ connectionString: of ?? (await testServers()).postgresUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  beforeAll(async () => {
    await admin(`create database ${name}`);
    const to = new URL((await testServers()).postgresUrl);
    to.pathname = `/${name}`;
    url = to.toString();
  });
  afterAll(() => admin(`drop database ${name} with (force)`));

  test('lay out a log in an empty database, once, and it can be written and read', async () => {
    const first = await run('init', '--database', url, '--json');
    expect(first).toMatchObject({ exitCode: 0, err: '' });
    expect(first.lines()).toMatchObject([{ migrations: expect.arrayContaining(['EventLog1763600000002']) }]);
    expect(await run('init', '--database', url)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('up to date'),
    });
    expect(await run('migrate', '--database', url)).toMatchObject({
      out: expect.stringContaining('up to date'),
    });
    const stream = streamId('event-series', newUuid());
    const appended = await run(
      'append',
      stream,
      'events.series-created.v1',
      '--data',
      data(),
      '--organisation',
      organisationId,
      '--database',
      url,
    );
    expect(appended).toMatchObject({ exitCode: 0 });
    expect((await run('query', '--database', url, '--json')).lines()).toMatchObject([{ streamId: stream }]);
  });

  test('refuse a database with tables of somebody else, and a call without one', async () => {
    const other = `${name}_other`;
    await admin(`create database ${other}`);
    const to = new URL(url);
    to.pathname = `/${other}`;
    await admin('create table theirs ()', to.toString());
    expect(await run('init', '--database', to.toString())).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('not empty (theirs)'),
    });
    await admin(`drop database ${other} with (force)`);
    expect(await run('init')).toMatchObject({ exitCode: 2, err: expect.stringContaining('Where?') });
    expect(await run('query', '--database', (await testServers()).postgresUrl)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Lay one out: marquee events init'),
    });
  });
});

test('verify seals, checks the signatures, and names the row that was altered', async () => {
  const own = await logDatabase();
  const directory = await temporaryDirectory();
  const { privateKey } = generateKeyPairSync('ed25519');
  const [key, publicKey] = [join(directory.path, 'key.jwk'), join(directory.path, 'key.pem')];
  await writeFile(key, JSON.stringify(privateKey.export({ format: 'jwk' })));
  await writeFile(publicKey, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  const stream = streamId('event-series', newUuid());
  for (let n = 0; n < 3; n++) {
    await run(
      'append',
      stream,
      'events.series-created.v1',
      '--data',
      data(),
      '--organisation',
      organisationId,
      '--database',
      own.url,
    );
  }
  const check = (...more: string[]) =>
    run('verify', '--database', own.url, '--public-key', publicKey, '--json', ...more);
  expect((await check()).lines()).toMatchObject([{ ok: true, events: 0, unsealed: 3 }]);
  await eventually(async () => {
    expect((await check('--seal', '--key', key)).lines()).toMatchObject([
      { ok: true, events: 3, unsealed: 0 },
    ]);
  });
  const superuser = new URL((await testServers()).postgresUrl);
  superuser.pathname = `/${own.name}`;
  const client = new pg.Client({ connectionString: superuser.toString() });
  await client.connect();
  await client.query(`update event_log set data = '{"title": "Rock"}' where version = 2`);
  await client.end();
  expect(await run('verify', '--database', own.url)).toMatchObject({
    exitCode: 1,
    out: expect.stringMatching(new RegExp(`NOT as it was sealed.*\\n  first altered row .* ${stream} v2`)),
  });
  await own.drop();
  await directory.remove();
});

test('benchmark lists what there is to measure, and refuses what there is not', async () => {
  const listed = await run('benchmark');
  expect(listed).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/^ +append +appends to the event log/m),
  });
  expect(await run('benchmark', 'nonsense')).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('Which benchmark?'),
  });
  expect(await run('benchmark', 'append', '--runs', 'many')).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('--runs is a whole number'),
  });
});

test('projections and dead letters of a named database come from its tables', async () => {
  const event = newUuid();
  await fixture.database.transaction(systemScope, async (tx) => {
    await tx.execute(
      `insert into messaging_checkpoint (subscription, source, log_tx, log_position, stream_sequence)
       values ('replicas', 'events', 41, 7, 3), ('$relay', 'tickets', 1, 1, 1)`,
    );
    await tx.execute(
      `insert into dead_letter (organisation_id, subscription, message_id, source, subject, payload, error, tries)
       values ($1, 'replicas', $2, 'events', 'marquee.events.o.event-created.v1.s', '{"a":1}', 'Error: no shelf', 5)`,
      [organisationId, event],
    );
  });
  const listed = await run('projections', '--database', fixture.url, '--json');
  expect(listed.lines()).toMatchObject([
    {
      name: 'replicas',
      state: 'unknown',
      lag: null,
      deadLetters: 1,
      checkpoints: [{ source: 'events', position: '41/7' }],
    },
  ]);
  const letters = await run('dead-letters', 'list', '--database', fixture.url);
  expect(letters.out).toMatch(new RegExp(`replicas +${event} +event-created.v1 +5 .*Error: no shelf`));
  const shown = await run('dead-letters', 'show', event, '--database', fixture.url);
  expect(shown.out).toContain('{"a":1}');
  expect(await run('dead-letters', 'show', 'x', '--database', fixture.url)).toMatchObject({ exitCode: 1 });
  expect(await run('dead-letters', 'retry', event, '--database', fixture.url)).toMatchObject({ exitCode: 2 });
  expect(await run('dead-letters', 'retry', event, '--all')).toMatchObject({ exitCode: 2 });
});

test('projections of a log are listed with the subscriptions, and paused, resumed and rebuilt', async () => {
  const projection = defineProjection({
    name: 'series-titles',
    version: 3,
    mode: 'async',
    types: ['events.series-created.v1'],
    tables: ['nowhere'],
    apply: async () => undefined,
  });
  const runner = startProjections(fixture.database, {
    projections: [anyProjection(projection)],
    logger: silentLogger,
    pollMs: 20,
  });
  const list = async () =>
    (await run('projections', '--database', fixture.url, '--json'))
      .lines<{ name: string }>()
      .filter(({ name }) => name === 'series-titles');
  await eventually(async () =>
    expect(await list()).toMatchObject([
      { kind: 'async', version: 3, state: 'live', lag: 0, deadLetters: 0 },
    ]),
  );
  const change = (...words: string[]) => run('projections', ...words, '--database', fixture.url);
  expect(await change('pause', 'series-titles')).toMatchObject({ exitCode: 0 });
  await append(streamId('event-series', newUuid()), 'events.series-created.v1', '--data', data());
  expect(await list()).toMatchObject([{ state: 'paused, live', lag: 1 }]);
  // What is paused is not built anew either: it begins, and waits.
  expect(await change('rebuild', 'series-titles')).toMatchObject({ exitCode: 0 });
  expect(await list()).toMatchObject([{ state: 'paused, live' }, { state: 'paused, building', version: 3 }]);
  expect((await change('resume', 'series-titles')).out).toContain('goes on from its checkpoint');
  await eventually(async () => expect(await list()).toMatchObject([{ state: 'live', lag: 0 }]));
  expect((await list())[0]).toMatchObject({
    checkpoints: [{ position: expect.stringMatching(/^\d+\/\d+$/) }],
  });
  expect((await change()).out).toMatch(/series-titles +async +live +0/);
  expect(await change('pause', 'unheard-of')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('No service keeps a projection unheard-of'),
  });
  expect(await change('stop', 'series-titles')).toMatchObject({ exitCode: 2 });
  await runner.stop();
});
