import { expect, test } from '@jest/globals';
import { signCaller, verifyCaller } from './caller.ts';

const secret = 'a secret that gateway and services share';

test("a caller's address is believed where the gateway signed it, for a minute", () => {
  const header = signCaller({ address: '203.0.113.9' }, secret, 1_000);
  expect(verifyCaller(header, secret, 60_000)).toEqual({ address: '203.0.113.9' });
  expect(verifyCaller(header, secret, 61_001)).toBeNull();
  expect(verifyCaller(header, `${secret}!`, 1_000)).toBeNull();
});

test('an address is believed from a gateway that has exchanged the secret before or after', () => {
  const next = 'another secret that gateway and services share';
  for (const signing of [secret, next, `${next},${secret}`])
    expect(verifyCaller(signCaller({ address: '203.0.113.9' }, signing), `${secret},${next}`)).not.toBeNull();
  expect(verifyCaller(signCaller({ address: '203.0.113.9' }, secret), next)).toBeNull();
});

test('an address that somebody wrote is nobody', () => {
  for (const header of [
    undefined,
    '',
    '203.0.113.9',
    'e30.e30',
    ['a', 'b'],
    `${signCaller({ address: 'x' }, secret)}x`,
  ])
    expect(verifyCaller(header, secret)).toBeNull();
});
