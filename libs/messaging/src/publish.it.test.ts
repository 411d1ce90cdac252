import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testNats } from '@marquee/testkit';
import { connect, headers, StringCodec, type NatsConnection } from 'nats';
import { publishInOrder, type PublishTarget } from './publish.ts';
import { ensureStream, readTail } from './stream.ts';
import { createTopology, type Outgoing, type Topology } from './topology.ts';

let connection: NatsConnection;
let topology: Topology;
const codec = StringCodec();

beforeEach(async () => {
  const { url, namespace } = await testNats();
  connection = await connect({ servers: url });
  topology = createTopology(namespace);
});

afterEach(() => connection.close());

const messages = (from: number, to: number, bytes = 10): Outgoing[] =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const id = newUuid();
    return {
      id,
      subject: `${topology.namespace}.tickets.org.hold-released.v1.hold-1`,
      payload: codec.encode(String(from + index).padEnd(bytes, ' ')),
      headers: () => {
        const all = headers();
        all.set('Nats-Msg-Id', id);
        return all;
      },
    };
  });

async function prepare(atomic: boolean): Promise<PublishTarget> {
  const jsm = await connection.jetstreamManager();
  const made = await ensureStream(jsm, topology, 'tickets');
  expect(made.atomic).toBe(true);
  return { connection, atomic };
}

async function stored(): Promise<number[]> {
  const jsm = await connection.jetstreamManager();
  const { state } = await jsm.streams.info(topology.stream('tickets'));
  const all: number[] = [];
  for (let seq = 1; seq <= state.last_seq; seq++) {
    all.push(Number((await jsm.streams.getMessage(topology.stream('tickets'), { seq })).string().trim()));
  }
  return all;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

for (const atomic of [true, false]) {
  describe(atomic ? 'publishing in atomic batches' : 'publishing to a server without atomic batches', () => {
    test('keeps the order over any number of messages, and answers the last sequence', async () => {
      const target = await prepare(atomic);
      expect(await publishInOrder(target, messages(1, 1), 0)).toBe(1);
      expect(await publishInOrder(target, messages(2, 1300), 1)).toBe(1300);
      expect(await publishInOrder(target, [], 1300)).toBe(1300);
      expect(await stored()).toEqual(upTo(1300));
    });

    test('takes large messages in as many parts as they need', async () => {
      const target = await prepare(atomic);
      expect(await publishInOrder(target, messages(1, 12, 2 * 1024 * 1024), 0)).toBe(12);
      expect(await stored()).toEqual(upTo(12));
    });

    test('stores nothing of a publisher that does not know the end of the stream', async () => {
      const target = await prepare(atomic);
      await publishInOrder(target, messages(1, 5), 0);
      for (const belief of [0, 3, 9]) {
        await expect(publishInOrder(target, messages(6, 8), belief)).rejects.toMatchObject({
          name: 'TailMovedError',
        });
        await expect(publishInOrder(target, messages(6, 6), belief)).rejects.toMatchObject({
          name: 'TailMovedError',
        });
      }
      expect(await stored()).toEqual(upTo(5));
    });

    test('stores nothing twice, whichever of two rivals is first', async () => {
      const target = await prepare(atomic);
      const [first, second] = [messages(1, 40), messages(1, 40)];
      const outcomes = await Promise.allSettled([
        publishInOrder(target, first, 0),
        publishInOrder(target, second, 0),
      ]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await stored()).toEqual(upTo(40));
    });

    test('refuses ids that are in the stream already', async () => {
      const target = await prepare(atomic);
      const again = messages(1, 3);
      await publishInOrder(target, again, 0);
      await expect(publishInOrder(target, again.slice(1), 3)).rejects.toMatchObject({
        name: 'TailMovedError',
      });
      await expect(publishInOrder(target, again.slice(2), 3)).rejects.toMatchObject({
        name: 'TailMovedError',
      });
      expect(await stored()).toEqual(upTo(3));
    });

    test('fails where there is no stream', async () => {
      const target = { connection, atomic };
      await expect(publishInOrder(target, messages(1, 2), 0)).rejects.toThrow();
    });
  });
}

describe('a stream', () => {
  test('made by an older release gets what it lacks and keeps what its operator set', async () => {
    const jsm = await connection.jetstreamManager();
    const name = topology.stream('tickets');
    await jsm.streams.add({
      name,
      subjects: [topology.subjects('tickets')],
      max_age: 1e15,
      description: 'ours',
    });
    await connection.jetstream().publish(`${topology.namespace}.tickets.a.b`, 'x');
    expect(await ensureStream(jsm, topology, 'tickets')).toEqual({ atomic: true });
    const { config, state } = await jsm.streams.info(name);
    expect(config).toMatchObject({ max_age: 0, description: 'ours', allow_direct: true });
    expect(state.messages).toBe(1);
  });

  test('that ends in messages of somebody else has the position of the last one of ours', async () => {
    const jsm = await connection.jetstreamManager();
    await ensureStream(jsm, topology, 'tickets');
    expect(await readTail(jsm, topology, 'tickets')).toEqual({ lastSequence: 0, position: null });
    const ours = headers();
    ours.set('Marquee-Log-Position', '7/9');
    const subject = `${topology.namespace}.tickets.a.b`;
    const js = connection.jetstream();
    await js.publish(subject, 'ours', { headers: ours });
    await js.publish(subject, 'theirs');
    expect(await readTail(jsm, topology, 'tickets')).toEqual({
      lastSequence: 2,
      position: { tx: '7', position: '9' },
    });
  });
});
