import { expect, test } from '@jest/globals';
import { clientAddress } from './client-address.ts';

const from = (forwarded: string | undefined, proxies: number) =>
  clientAddress(
    {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      remoteAddress: '::ffff:10.0.0.1',
    },
    proxies,
  );

test('without a proxy nobody says where it comes from but the connection', () => {
  expect(from('1.2.3.4', 0)).toBe('10.0.0.1');
});

test('behind proxies the outermost one says it, and what the client wrote counts for nothing', () => {
  expect(from('6.6.6.6, 203.0.113.9', 1)).toBe('203.0.113.9');
  expect(from('6.6.6.6, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
  expect(from(undefined, 1)).toBe('10.0.0.1');
});
