import { expect, test } from '@jest/globals';
import { headers } from 'nats';
import { writtenHeaders } from './written-headers.ts';

type Encoded = { encode(): Uint8Array };

test('headers as we write them are the bytes that the client’s own would be', () => {
  const [ours, theirs] = [writtenHeaders(), headers()];
  for (const all of [ours, theirs]) {
    all.set('Nats-Msg-Id', '0197-7');
    all.set('Marquee-Log-Position', '7/9');
    all.set('X-Marquee-Actor', encodeURIComponent('acc_müller'));
  }
  const text = (all: unknown) => new TextDecoder().decode((all as Encoded).encode());
  expect(text(ours)).toBe(text(theirs));
});

test('a line break cannot make another header', () => {
  expect(() => writtenHeaders().set('X-Correlation-Id', 'a\r\nNats-Msg-Id: b')).toThrow('line break');
});
