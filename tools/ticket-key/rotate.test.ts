import { createPublicKey, createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readKeyFile, rotate, signingKey, successors } from './rotate.ts';

const now = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-25T12:00:00Z');
const first = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });

test('a successor waits for its turn, then signs; what the first one signed still verifies', () => {
  const file = readKeyFile(JSON.stringify(first));
  const message = Buffer.from('a ticket');
  const signature = sign(null, message, createPrivateKey({ key: first, format: 'jwk' }));
  const rotated = rotate(file, now, { leadHours: 48, keepDays: null });
  expect(signingKey(rotated, now)?.x).toBe(first.x);
  expect(successors(rotated, now)).toHaveLength(1);
  expect(signingKey(rotated, later)?.x).toBe(rotated.keys[1]!.x);
  expect(successors(rotated, later)).toEqual([]);
  const verifies = rotated.keys.map(({ x }) =>
    verify(
      null,
      message,
      createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
      signature,
    ),
  );
  expect(verifies).toEqual([true, false]);
});

test('keys before it end where that is told, and none is given another end', () => {
  const once = rotate({ keys: [first as { x: string }] }, now, { leadHours: 1, keepDays: 10 });
  const [old, successor] = once.keys;
  expect(old!.exp! - successor!.nbf!).toBe(10 * 86_400);
  expect(successor!.exp).toBeUndefined();
  expect(rotate(once, later, { leadHours: 1, keepDays: 99 }).keys[0]!.exp).toBe(old!.exp);
});
