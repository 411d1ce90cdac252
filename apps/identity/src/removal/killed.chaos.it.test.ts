import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { removalQuestionsOf } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, connectOperator, type Messaging, type Operator } from '@marquee/messaging';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testNats } from '@marquee/testkit';
import { compactVerify } from 'jose';
import {
  createWorld,
  givenOrganisation,
  givenSession,
  mailsTo,
  rootSecret,
  type World,
} from '../harness.test-support.ts';
import { holders, keptTables, publishers } from './removal.ts';
import { findRemoval } from './removal-rows.ts';
import { removeOrganisation } from './remove-organisation.ts';

jest.setTimeout(240_000);

const keys = generateKeyPairSync('ed25519');
const internalSecret = 'a secret between the services of this test';
let world: World;
let nats: Awaited<ReturnType<typeof testNats>>;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
const others: Messaging[] = [];
let operator: Operator;
let identity: ChildProcess | undefined;

beforeAll(async () => {
  world = await createWorld();
  nats = await testNats();
  directory = await temporaryDirectory();
  operator = await connectOperator(nats);
  writeFileSync(keyFile(), JSON.stringify(keys.privateKey.export({ format: 'jwk' })));
  for (const service of holders.filter((each) => each !== 'identity')) {
    const other = await connectMessaging({ ...nats, service, logger: silentLogger, internalSecret });
    others.push(other);
    answerFor(other, service);
  }
});
afterAll(async () => {
  identity?.kill('SIGKILL');
  await Promise.all(others.map((each) => each.drain()));
  await operator?.close();
  await world?.drop();
  await directory?.remove();
});

const keyFile = () => join(directory.path, 'log.jwk');
type Moment = 'copy' | 'erasure' | 'forgetting';
/** When tickets is asked this next, the process that asks is killed, and gets no answer. */
let killedAt: Moment | null = null;

function asked(service: string, moment: Moment): void {
  if (service !== 'tickets' || moment !== killedAt) return;
  killedAt = null;
  identity?.kill('SIGKILL');
  throw new Error('nobody hears this answer');
}

const pages = 8;
/** The other services: they have a page or some of data, and erase and forget at once. */
function answerFor(other: Messaging, service: string): void {
  const { copy, erasure, forgetting } = removalQuestionsOf(service);
  const now = () => new Date().toISOString();
  other.answer(copy, async ({ after }) => {
    const n = Number(after?.key[0] ?? 0) + 1;
    if (n === pages / 2) asked(service, 'copy');
    return {
      table: 'ticket',
      rows: [`{"n":${n}}`],
      next: n < pages ? { table: 'ticket', key: [`${n}`] } : null,
    };
  });
  other.answer(erasure, async () => {
    asked(service, 'erasure');
    return { report: { erasedAt: now(), rows: { ticket: pages } } };
  });
  other.answer(forgetting, async () => {
    asked(service, 'forgetting');
    return { forgottenAt: now() };
  });
}

/** The service itself, as it runs in production. */
function start(): ChildProcess {
  const main = join(import.meta.dirname, '../main.ts');
  const env = {
    PORT: '0',
    DATABASE_URL: world.db.url,
    NATS_URL: nats.url,
    NATS_NAMESPACE: nats.namespace,
    MARQUEE_INTERNAL_SECRET: internalSecret,
    MARQUEE_IDENTITY_SECRET: rootSecret,
    MARQUEE_PUBLIC_URL: 'http://localhost:4000',
    MARQUEE_LOG_KEY_FILE: keyFile(),
    LOG_LEVEL: 'error',
  };
  return spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Tables with rows of the organisation, but for what has to stay. */
async function tablesLeft(organisationId: string): Promise<string[]> {
  const staying = new RegExp(`^(event_\\w+|removed_organisation|${keptTables.join('|')})$`);
  return world.services.database.transaction(systemScope, async (tx) => {
    await tx.execute(`select set_config('marquee.deleted', 'shown', true)`);
    const tables = await tx.rows<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'organisation_id'`,
    );
    const left: string[] = [];
    for (const { name } of tables.filter((table) => !staying.test(table.name))) {
      const rows = await tx.rows(`select from ${name} where organisation_id = $1`, [organisationId]);
      if (rows.length > 0) left.push(name);
    }
    return left;
  });
}

test('killed while it copies, while others erase and while streams forget, it ends the removal with nothing left and one certificate', async () => {
  const { services } = world;
  const { organisationId, owner, viewer } = await givenOrganisation(services);
  const { sessionId } = await givenSession(services, viewer, owner.accountId);
  const command = { ...services, viewer: { ...viewer, sessionId }, idempotencyKey: newUuid() };
  const removal = { ...services.removal, graceDays: 0 };
  const begun = await removeOrganisation({ ...command, removal }, { name: 'Northlight' });
  expect(begun).toMatchObject({ ok: true });
  expect(await tablesLeft(organisationId)).toContain('membership');

  for (const moment of ['copy', 'erasure', 'forgetting'] as const) {
    killedAt = moment;
    identity = start();
    expect(await once(identity, 'exit')).toEqual([null, 'SIGKILL']);
    expect(killedAt).toBeNull();
  }
  identity = start();
  const read = () => services.database.read({ organisationId }, findRemoval);
  await eventually(async () => expect(await read()).toMatchObject({ status: 'DONE' }), { timeoutMs: 90_000 });

  expect(await tablesLeft(organisationId)).toEqual([]);
  const events = await services.database.read({ organisationId }, (tx) =>
    tx.rows(`select from event_log where type = 'identity.organisation-removed.v1'`),
  );
  expect(events).toHaveLength(1);
  const stream = (await operator.streams.list()).find(({ name }) => name.endsWith('_identity'));
  expect(stream).toMatchObject({ messages: 0 });
  const mails = await mailsTo(services, owner.email);
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Your organisation was removed',
    'The data of your organisation',
  ]);
  const { payload } = await compactVerify(/ey[\w.-]+/.exec(mails[0]!.body)![0], keys.publicKey);
  const facts = JSON.parse(Buffer.from(payload).toString()) as { services: Record<string, object> };
  expect(Object.keys(facts.services).toSorted()).toEqual([...holders]);
  for (const service of publishers)
    expect(facts.services[service]).toMatchObject({
      erasedAt: expect.any(String),
      forgottenAt: expect.any(String),
    });
});
