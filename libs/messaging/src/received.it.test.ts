import { expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testNats } from '@marquee/testkit';
import { AckPolicy, connect, headers, type JsMsg } from 'nats';
import { pullOnce } from './reader.ts';
import { deliveryOf, headerOf, receivedHeaders, receivedText } from './received.ts';

const text = 'NATS/1.0\r\nNats-Msg-Id: 0197-7\r\nx-actor:acc_7\r\nX-Nats-Msg-Id: no\r\nEmpty: \r\n\r\n';

test('a header is found by its whole name, and none is empty', () => {
  expect(headerOf(text, 'Nats-Msg-Id')).toBe('0197-7');
  expect(headerOf(text, 'x-actor')).toBe('acc_7');
  for (const name of ['Empty', 'actor', 'Msg-Id', 'NATS/1.0']) expect(headerOf(text, name)).toBe('');
});

test('a message says what the client’s own reading of it says', async () => {
  const connection = await connect({ servers: (await testNats()).url });
  const jsm = await connection.jetstreamManager();
  const name = `received-${newUuid()}`;
  await jsm.streams.add({ name, subjects: [`${name}.>`] });
  const all = headers();
  all.set('Marquee-Log-Position', '7/9');
  all.set('x-correlation-id', 'door-7');
  connection.publish(`${name}.a`, 'Müller 🎟', { headers: all });
  connection.publish(`${name}.b`, 'bare');
  await connection.flush();
  await jsm.consumers.add(name, { durable_name: 'all', ack_policy: AckPolicy.None });
  const messages: JsMsg[] = [];
  const consumer = await connection.jetstream().consumers.get(name, 'all');
  await pullOnce(consumer, 2, (message) => messages.push(message), new AbortController().signal);

  for (const message of messages) {
    expect(receivedText(message)).toBe(message.string());
    expect(deliveryOf(message)).toBe(message.info.deliverySequence);
    for (const header of ['Marquee-Log-Position', 'x-correlation-id', 'nowhere'])
      expect(receivedHeaders(message)?.get(header) ?? '').toBe(message.headers?.get(header) ?? '');
  }
  expect(messages.map(receivedText)).toEqual(['Müller 🎟', 'bare']);
  expect(receivedHeaders(messages[0]!)?.get('Marquee-Log-Position')).toBe('7/9');
  await jsm.streams.delete(name);
  await connection.close();
});
