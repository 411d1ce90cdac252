import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { startNats, type RunningNats } from '@marquee/embedded';
import { encodeId, newUuid } from '@marquee/kernel';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import mqtt, { type MqttClient } from 'mqtt';
import { packMessage, readAnswer } from '../door/index.ts';
import { accepted, createWorld, system, violations, type World } from '../harness.test-support.ts';
import { readPublishedKeys } from '../tickets/key-ring.ts';
import { givenDevice, givenTickets } from './door.test-support.ts';
import { revokeDevice } from './manage-devices.ts';
import { readTurnstiles } from './turnstiles.ts';

let world: World;
let nats: RunningNats;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let tickets: Messaging;
const clients: MqttClient[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
  const place = { dataDirectory: join(directory.path, 'nats'), logFile: join(directory.path, 'nats.log') };
  [world, nats] = await Promise.all([createWorld(), startNats({ ...place, mqttPort: 0 })]);
});
beforeEach(async () => {
  tickets = await startTickets();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
  await tickets.drain();
});
afterAll(async () => {
  await nats.stop();
  await world.drop();
  await directory.remove();
});

async function startTickets(): Promise<Messaging> {
  const messaging = await connectMessaging({ url: nats.url, service: 'tickets', logger: silentLogger });
  readTurnstiles(world.services, messaging);
  return messaging;
}

type Turnstile = {
  readonly client: MqttClient;
  readonly topic: string;
  readonly device: { readonly id: string; readonly key: KeyObject };
  /** What it was told, in order; null for what the service did not sign. */
  readonly answers: unknown[];
  send(reading: object, options?: { readonly dup?: boolean }): Promise<unknown>;
};

/** A gate with a client of its own that is subscribed to its answers. */
async function givenTurnstile(listId: string): Promise<Turnstile> {
  const device = await givenDevice(world, [listId], 'Turnstile 1');
  const client = await mqtt.connectAsync(nats.mqttUrl!, { protocolVersion: 4, clientId: device.id });
  clients.push(client);
  const [topic, hears] = ['scans', 'answers'].map((what) => `marquee/check-in/${device.id}/${what}`);
  const keys = readPublishedKeys(world.services.credentials.publicKeys());
  const answers: unknown[] = [];
  client.on('message', (at, payload) => answers.push(readAnswer(at, payload, keys)));
  await client.subscribeAsync(hears!, { qos: 0 });
  const send: Turnstile['send'] = (reading, { dup = false } = {}) => {
    const body = JSON.stringify(reading);
    return client.publishAsync(topic!, packMessage({ topic: topic!, body }, device, Date.now()), {
      qos: 1,
      dup,
    });
  };
  return { client, topic: topic!, device, answers, send };
}

/** A turnstile, and readings of tickets of its occurrence. */
async function givenReadings(quantity = 1) {
  const { occurrence, ticketIds, credentialOf } = await givenTickets(world, quantity);
  const turnstile = await givenTurnstile(occurrence.id);
  const readings = ticketIds.map((id) => ({
    listId: encodeId('CheckInList', occurrence.id),
    credential: credentialOf(id),
    nonce: newUuid(),
    scannedAt: new Date(),
  }));
  return { occurrence, turnstile, readings };
}

const scansOf = (listId: string) =>
  system(world, (tx) =>
    tx.rows<{ result: string }>('select result from scan where list_id = $1 order by at', [listId]),
  ).then((rows) => rows.map(({ result }) => result));

describe('a turnstile', () => {
  test('is told to open, once for each ticket however often its reading comes', async () => {
    const { occurrence, turnstile, readings } = await givenReadings();
    const [reading] = readings;
    await turnstile.send(reading!);
    await eventually(() => expect(turnstile.answers).toHaveLength(1));
    const [first] = turnstile.answers;
    expect(first).toMatchObject({ nonce: reading!.nonce, admitted: true, scanId: expect.any(String) });
    // Its client lost the PUBACK: QoS 1 sends anew. Both at once, and one as a duplicate by name.
    await Promise.all([turnstile.send(reading!), turnstile.send(reading!, { dup: true })]);
    await eventually(() => expect(turnstile.answers).toEqual([first, first, first]));
    // A new reading of the same ticket.
    await turnstile.send({ ...reading, nonce: newUuid() });
    await eventually(() =>
      expect(turnstile.answers[3]).toMatchObject({ admitted: false, reason: 'ALREADY_ADMITTED' }),
    );
    expect(await scansOf(occurrence.id)).toEqual(['ACCEPTED', 'REJECTED']);
    expect(await violations(world)).toEqual([]);
  });

  test('loses nothing of what it sent while tickets was down, in its order', async () => {
    const { occurrence, turnstile, readings } = await givenReadings(3);
    await tickets.drain();
    for (const reading of readings) await turnstile.send(reading);
    await turnstile.send(readings[0]!, { dup: true });
    expect(await scansOf(occurrence.id)).toEqual([]);
    tickets = await startTickets();
    const nonces = [...readings, readings[0]!].map(({ nonce }) => ({ nonce, admitted: true }));
    await eventually(() => expect(turnstile.answers).toMatchObject(nonces));
    expect(await scansOf(occurrence.id)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  });

  test('that sends nonsense is told so, and the next reading is read', async () => {
    const { turnstile, readings } = await givenReadings();
    const { client, topic, device } = turnstile;
    const signed = (body: string) => packMessage({ topic, body }, device, Date.now());
    const nonsense: [string | Buffer, string][] = [
      [Buffer.from([0, 255, 10, 254]), 'UNKNOWN_DEVICE'],
      ['', 'UNKNOWN_DEVICE'],
      [signed('{').slice(0, -1), 'UNKNOWN_DEVICE'],
      [signed('{'), 'BAD_REQUEST'],
      [signed('null'), 'BAD_REQUEST'],
      [signed('{"listId":1}'), 'INVALID_INPUT'],
      ['x'.repeat(4_097), 'TOO_LARGE'],
      [packMessage({ topic, body: '{}' }, device, Date.now() - 2 * 86_400_000), 'CLOCK_WRONG'],
    ];
    // Kept by the stream from nobody, answered to nobody.
    await client.publishAsync('marquee/check-in/nobody/scans', 'hello', { qos: 1 });
    await client.publishAsync(topic, 'x'.repeat(70_000), { qos: 1 });
    for (const [payload] of nonsense) await client.publishAsync(topic, payload, { qos: 1 });
    await turnstile.send(readings[0]!);
    await eventually(() => expect(turnstile.answers).toHaveLength(nonsense.length + 1));
    expect(turnstile.answers).toMatchObject([
      ...nonsense.map(([, code]) => ({ error: { code } })),
      { admitted: true },
    ]);
  });

  test('speaks for itself alone, on its own lists, and not once it was revoked', async () => {
    const mine = await givenReadings();
    const other = await givenReadings();
    const [reading] = mine.readings;
    const body = JSON.stringify(reading);
    const { topic, client, device } = mine.turnstile;
    const foreign = [
      // Another device on this one's topic, under its own name and under this one's.
      packMessage({ topic, body }, other.turnstile.device, Date.now()),
      packMessage({ topic, body }, { id: device.id, key: other.turnstile.device.key }, Date.now()),
      // Recorded elsewhere.
      packMessage({ topic: other.turnstile.topic, body }, device, Date.now()),
    ];
    for (const payload of foreign) await client.publishAsync(topic, payload, { qos: 1 });
    await mine.turnstile.send(other.readings[0]!);
    const { answers } = mine.turnstile;
    await eventually(() => expect(answers).toHaveLength(4));
    const unknown = { error: { code: 'UNKNOWN_DEVICE' } };
    expect(answers).toMatchObject([unknown, unknown, unknown, { reason: 'LIST_NOT_OPEN' }]);
    await accepted(revokeDevice(world.services, world.viewer, device.id));
    await mine.turnstile.send(reading!);
    await eventually(() => expect(answers[4]).toMatchObject({ error: { code: 'DEVICE_REVOKED' } }));
    expect(await scansOf(mine.occurrence.id)).toEqual([]);
    // Whoever may publish on the topic of answers opens no gate.
    await client.publishAsync(topic.replace('scans', 'answers'), JSON.stringify({ admitted: true }));
    await eventually(() => expect(answers[5]).toBeNull());
  });
});
