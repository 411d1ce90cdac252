import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { questions, type NewEvent } from '@marquee/contracts';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, messagingMigrations, type Messaging } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { hookMigrations, startHooks, type Hooks } from './index.ts';

const internalSecret = 'a secret of the tests, long enough for the signature';
const point = 'scan-decision';

let hubData: TestDatabase;
let ownData: TestDatabase;
let hub: Messaging;
let own: Messaging;
let hooks: Hooks;
let silenced: string | undefined;
const flags = { isOn: (flag: string, key: string) => flag !== 'plugins' || key !== silenced };

beforeAll(async () => {
  const backbone = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  hubData = await testDatabase({ name: 'hook-hub', migrations: backbone });
  ownData = await testDatabase({ name: 'hook-asker', migrations: [...backbone, ...hookMigrations] });
  const nats = await testNats();
  const connect = (service: string, { database }: TestDatabase) =>
    connectMessaging({ ...nats, service, database, logger: silentLogger, internalSecret });
  hub = await connect('hub', hubData);
  own = await connect('tickets', ownData);
  hub.startRelay();
  hooks = startHooks({ database: ownData.database, messaging: own, flags, logger: silentLogger });
});
afterAll(async () => {
  await hooks?.stop();
  await Promise.all([own?.drain(), hub?.drain()]);
  await Promise.all([ownData?.drop(), hubData?.drop()]);
});

async function tell(
  organisationId: string,
  event: NewEvent & { readonly data: { readonly pluginId?: string } },
) {
  await hubData.database.transaction({ organisationId }, (tx) =>
    appendEvents(tx, { streamId: streamId('plugin', event.data.pluginId!), events: [event] }),
  );
  hub.wake();
}

/** A plugin with a say at the door; known by then. */
async function givenPlugin({ failsClosed }: { readonly failsClosed: boolean }) {
  const [organisationId, pluginId] = [newUuid(), newUuid()];
  const hooksOfIt = [{ point, failsClosed, timeBudgetMs: 40 }];
  const data = { pluginId, name: 'doorman', version: '1.0.0', hooks: hooksOfIt };
  await tell(organisationId, { type: 'hub.plugin-installed.v1', data });
  await eventually(() => expect(hooks.has(organisationId, point)).toBe(true));
  return { organisationId, pluginId };
}

const ask = (organisationId: string) =>
  hooks.ask(organisationId, point, {
    now: new Date().toISOString(),
    ticketId: newUuid(),
    occurrenceId: newUuid(),
    direction: 'IN',
    deviceId: 'gate 1',
  });

test('Where the hub is silent, what may not go on without a plugin is refused, and the rest goes on', async () => {
  const closed = await givenPlugin({ failsClosed: true });
  const open = await givenPlugin({ failsClosed: false });
  expect(await ask(open.organisationId)).toEqual({ ok: true, value: [] });
  expect(await ask(closed.organisationId)).toMatchObject({
    refusal: { kind: 'Unavailable', message: expect.stringContaining('doorman') },
  });
});

test('Nobody is asked for who has no plugin; who has one is asked until it is gone', async () => {
  const asked: string[] = [];
  const outputs = [{ refusal: 'Not tonight.' }];
  hub.answer(questions.runHook, async (_, { organisationId }) => {
    asked.push(organisationId);
    return { outputs, missing: null };
  });
  expect(await ask(newUuid())).toEqual({ ok: true, value: [] });
  const { organisationId, pluginId } = await givenPlugin({ failsClosed: true });
  expect(hooks.has(organisationId, 'price-adjustment')).toBe(false);
  await eventually(async () => expect(await ask(organisationId)).toEqual({ ok: true, value: outputs }));
  expect(new Set(asked)).toEqual(new Set([organisationId]));
  await tell(organisationId, { type: 'hub.plugin-disabled.v1', data: { pluginId, name: 'doorman' } });
  await eventually(() => expect(hooks.has(organisationId, point)).toBe(false));
});

test('Where plugins are switched off for an organisation nobody is asked or waited for, and others are', async () => {
  const [ours, theirs] = [await givenPlugin({ failsClosed: true }), await givenPlugin({ failsClosed: true })];
  silenced = ours.organisationId;
  expect(hooks.has(ours.organisationId, point)).toBe(false);
  expect(await ask(ours.organisationId)).toEqual({ ok: true, value: [] });
  expect(hooks.has(theirs.organisationId, point)).toBe(true);
  silenced = undefined;
  expect(hooks.has(ours.organisationId, point)).toBe(true);
});
