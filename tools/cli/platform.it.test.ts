import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { migrate, openDatabase, provisionDatabase, type Database } from '@marquee/postgres';
import { runWithCorrelation, silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testNats, testServers } from '@marquee/testkit';
import { workspaceRoot } from '../start/config.ts';
import { databaseName } from '../start/databases.ts';
import { identify } from '../start/processes.ts';
import { loadSecrets } from '../start/secrets.ts';
import { logMigrations } from './commands/init.ts';

const service = 'events';
const organisationId = newUuid();
const titles: Record<string, string[]> = { kept: [], counted: [] };
const state = { faulty: false };

let home: Awaited<ReturnType<typeof temporaryDirectory>>;
let env: NodeJS.ProcessEnv;
let database: Database;
let messaging: Messaging;

/** A home in which a platform seems to run: one service, in this process, on the servers of the tests. */
beforeAll(async () => {
  const [{ postgresUrl }, nats] = await Promise.all([testServers(), testNats()]);
  home = await temporaryDirectory();
  const { passwordFor } = loadSecrets(home.path);
  const name = databaseName(service);
  const urls = await provisionDatabase({ adminUrl: postgresUrl, database: name, passwordFor });
  await migrate({ url: urls.ownerUrl, migrations: logMigrations });
  const launcher = identify(process.pid);
  const servers = { postgresUrl, natsUrl: nats.url };
  await writeFile(join(home.path, 'run.lock'), JSON.stringify(launcher));
  const run = { launcher, url: 'http://127.0.0.1:1', services: {}, servers };
  await writeFile(join(home.path, 'run.json'), JSON.stringify(run));
  env = { ...process.env, MARQUEE_HOME: home.path, NATS_NAMESPACE: nats.namespace };
  delete env['DATABASE_URL'];
  delete env['NATS_URL'];

  database = await openDatabase({ url: urls.appUrl, applicationName: service, entities: [] });
  messaging = await connectMessaging({ ...nats, service, database, logger: silentLogger });
  messaging.startRelay();
  for (const [subscription, seen] of Object.entries(titles)) {
    messaging.project({
      name: subscription,
      replayable: subscription === 'kept',
      events: {
        'events.series-created.v1': async ({ data }) => {
          if (state.faulty && subscription === 'kept') throw new Error('the shelf is broken');
          seen.push(data.title);
        },
      },
    });
  }
});

afterAll(async () => {
  await messaging?.drain();
  await database?.close();
  await home?.remove();
  const admin = new pg.Client({ connectionString: (await testServers()).postgresUrl });
  await admin.connect();
  const name = databaseName(service);
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`drop role if exists ${name}_owner, ${name}_app`);
  await admin.end();
});

/** As a person runs it. */
async function marquee(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const command = [join(workspaceRoot, 'tools', 'cli', 'marquee.mjs'), 'events', ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { env });
    return { exitCode: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, out: stdout, err: stderr };
  }
}
const create = (title: string, correlationId: string = newUuid()) =>
  runWithCorrelation({ correlationId, actor: 'user:ada' }, () =>
    database.transaction({ organisationId }, async (tx) => {
      tx.afterCommit(messaging.wake);
      await appendEvents(tx, {
        streamId: streamId('event-series', newUuid()),
        events: [{ type: 'events.series-created.v1', data: { seriesId: newUuid(), title } }],
      });
    }),
  );

test('projections shows what the running service is at, and replay has it handle events again', async () => {
  await create('one');
  await create('two');
  await eventually(() => expect(titles).toEqual({ kept: ['one', 'two'], counted: ['one', 'two'] }));
  const listed = await marquee('projections', '--service', service);
  expect(listed).toMatchObject({ exitCode: 0, err: '' });
  expect(listed.out).toMatch(/events {3}kept +subscription +running +0 +0 +yes +events \d+\/\d+/);
  expect(listed.out).toMatch(/events {3}counted +subscription +running +0 +0 +no /);

  const replayed = await marquee('replay', '--service', service, '--projection', 'kept', '--from', 'start');
  expect(replayed.out).toContain('kept: events is handled again from start.');
  await eventually(() => expect(titles['kept']).toEqual(['one', 'two', 'one', 'two']));
  expect(titles['counted']).toEqual(['one', 'two']);
});

test.each([
  [['--projection', 'counted', '--from', 'start'], 'counted are not declared replayable', 1],
  [['--projection', 'other', '--from', 'start'], 'has no projection other; it has: kept, counted', 1],
  [['--projection', 'kept', '--from', 'here'], '--from must be start, or a position', 2],
  [['--projection', 'kept', '--from', '1/1', '--of', 'tickets'], 'has handled nothing of tickets', 2],
  [['--projection', 'kept'], 'Say which and from where', 2],
])('replay %j is refused with words', async (args, message, exitCode) => {
  const ran = await marquee('replay', '--service', service, ...args);
  expect(ran).toMatchObject({ exitCode, err: expect.stringContaining(message) });
});

test('a dead letter shows in the flow of its request, and is handled again by the running service', async () => {
  const correlationId = newUuid();
  state.faulty = true;
  await create('three', correlationId);
  await eventually(async () => {
    const { out } = await marquee('dead-letters', 'list', '--service', service);
    expect(out).toContain('the shelf is broken');
  });
  const failed = await marquee('dead-letters', 'retry', '--all', '--service', service);
  expect(failed).toMatchObject({ exitCode: 1, out: '0 handled, 1 failed and stay.\n' });
  expect(failed.err).toContain('the shelf is broken');
  state.faulty = false;
  const retried = await marquee('dead-letters', 'retry', '--all', '--service', service, '--json');
  expect(retried).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(retried.out)).toMatchObject({ projection: 'kept', handled: true });
  expect(titles['kept']!.at(-1)).toBe('three');
  const flow = await marquee('flow', correlationId, '--service', service);
  expect(flow.out).toMatch(/\+0 ms {2}events {2}events\.series-created\.v1 {2}\S+ v1 {2}by user:ada/);
});

test('what acts on the running platform wants to be asked twice', async () => {
  const event = ['s', 'events.series-created.v1', '--organisation', organisationId, '--data'];
  const data = JSON.stringify({ seriesId: newUuid(), title: 'four' });
  const asked = await marquee('append', ...event, data);
  expect(asked).toMatchObject({ exitCode: 2, err: expect.stringContaining('add --yes') });
});

test('with no platform on the home, the error says how to start one', async () => {
  const away = { ...env, MARQUEE_HOME: join(home.path, 'nothing') };
  const ran = promisify(execFile)(
    process.execPath,
    [join(workspaceRoot, 'tools', 'cli', 'main.ts'), 'events', 'query'],
    { env: away },
  );
  await expect(ran).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Start one with npm start'),
  });
});
