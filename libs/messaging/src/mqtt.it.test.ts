import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, testNats, times } from '@marquee/testkit';
import { connect, type NatsConnection } from 'nats';
import { connectMessaging, type Messaging, type MqttOptions } from './index.ts';

// What NATS's listener for MQTT makes of a publication is one on a subject; apps/tickets/src/devices tries the listener.
jest.setTimeout(times({ test: 120_000, soak: 1_200_000 }));

let place: { readonly url: string; readonly namespace: string };
let device: NatsConnection;
let answers: string[];
let metrics: ReturnType<typeof createMetrics>;
const services: Messaging[] = [];

beforeEach(async () => {
  place = await testNats();
  metrics = createMetrics();
  answers = [];
  device = await connect({ servers: place.url });
  device.subscribe(`${place.namespace}.gate.*.answers`, {
    callback: (_, message) => answers.push(`${message.subject.split('.')[2]} ${message.string()}`),
  });
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.drain()));
  const jsm = await device.jetstreamManager();
  await jsm.streams.delete(`${place.namespace.toUpperCase()}_tickets_gates`);
  await device.close();
});

async function read(handler: (text: string, gate: string) => Promise<string | null>): Promise<Messaging> {
  const service = await connectMessaging({ ...place, service: 'tickets', logger: silentLogger, metrics });
  services.push(service);
  service.readMqtt(gates(handler));
  await eventually(async () => {
    const jsm = await device.jetstreamManager();
    await jsm.consumers.info(`${place.namespace.toUpperCase()}_tickets_gates`, 'gates');
  });
  return service;
}

function gates(handler: (text: string, gate: string) => Promise<string | null>): MqttOptions {
  return {
    name: 'gates',
    topic: 'gate/+/scans',
    concurrency: 5,
    maxBytes: 1_000,
    handler: async ({ topic, places: [gate = ''], payload }) => {
      const answer = await handler(Buffer.from(payload).toString(), gate);
      return answer === null ? null : { topic: topic.replace('scans', 'answers'), payload: answer };
    },
  };
}

const send = (gate: string, text: string) => device.publish(`${place.namespace}.gate.${gate}.scans`, text);

describe('what MQTT clients publish', () => {
  test('is handled in order by topic, tried again, and given up where it never works', async () => {
    const tries: string[] = [];
    await read(async (text, gate) => {
      tries.push(text);
      if (text === 'poison') throw new Error('never');
      if (text === 'later' && tries.filter((one) => one === text).length < 3) throw new Error('not yet');
      return text === 'noise' ? null : `${gate} ${text}`;
    });
    for (const text of ['later', 'noise', 'poison', 'last']) send('a', text);
    send('b', 'beside');
    await eventually(() => expect(answers).toHaveLength(3));
    expect(answers.filter((one) => one.startsWith('a'))).toEqual(['a a later', 'a a last']);
    expect(answers).toContain('b b beside');
    expect(tries.filter((one) => one === 'poison')).toHaveLength(5);
    const text = metrics.text();
    for (const [outcome, count] of [
      ['answered', 3],
      ['dropped', 1],
      ['failed', 1],
    ])
      expect(text).toMatch(
        new RegExp(`marquee_mqtt_messages_total\\{[^}]*outcome="${outcome}"[^}]*\\} ${count}`),
      );
  });

  test('waits for a service that ends over it, and is another’s then, in its order', async () => {
    for (let round = 0; round < times({ test: 10, soak: 1000 }); round++) {
      answers.length = 0;
      let tries = 0;
      const ending = await read(async () => {
        tries += 1;
        throw new Error('not here');
      });
      send('a', 'first');
      send('a', 'second');
      await eventually(() => expect(tries).toBeGreaterThan(0));
      await ending.drain();
      expect(answers).toEqual([]);
      const next = await read(async (text) => text);
      await eventually(() => expect(answers).toEqual(['a first', 'a second']));
      await next.drain();
    }
  });

  test('is read under one name once, on a topic that is one', async () => {
    const service = await read(async () => null);
    expect(() => service.readMqtt(gates(async () => null))).toThrow('gates is read already');
    const other = { ...gates(async () => null), name: 'others' };
    expect(() => service.readMqtt({ ...other, topic: 'gate/#' })).toThrow('not a topic');
    expect(() => service.readMqtt({ ...other, concurrency: 0 })).toThrow('must be 1 to 100');
    expect(() => service.readMqtt({ ...other, name: 'A.b' })).toThrow('not a name');
  });
});
