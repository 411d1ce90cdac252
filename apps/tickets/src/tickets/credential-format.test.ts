import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createCredentialSigner } from './credential.ts';

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const signer = createCredentialSigner(newKey());
const claims = { ticketId: newUuid(), occurrenceId: newUuid(), epoch: 3 };

describe('a credential', () => {
  test('carries ticket, occurrence and epoch, and is short enough for a small QR code', () => {
    const credential = signer.sign(claims);
    expect(signer.verify(credential)).toEqual(claims);
    expect(credential).toHaveLength(143);
    expect(signer.sign(claims)).toBe(credential);
  });

  test('fails when any one of its characters is changed', () => {
    const credential = signer.sign(claims);
    for (let place = 0; place < credential.length; place++) {
      const other = credential[place] === 'A' ? 'B' : 'A';
      expect(signer.verify(credential.slice(0, place) + other + credential.slice(place + 1))).toBeNull();
    }
  });

  test.each(['', 'MQ1.', 'not a ticket', 'MQ1.' + 'A'.repeat(139), 'MQ1.' + 'A'.repeat(500)])(
    'is never read from %j',
    (text) => {
      expect(signer.verify(text)).toBeNull();
    },
  );

  test('of another key is not ours', () => {
    expect(signer.verify(createCredentialSigner(newKey()).sign(claims))).toBeNull();
  });

  test('is verified offline with the public key alone', async () => {
    const bytes = Buffer.from(signer.sign(claims).slice(4), 'base64url');
    const { kty, crv, x } = signer.publicJwk as { kty: string; crv: string; x: string };
    const key = await webcrypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
    const signed = Buffer.concat([Buffer.from('MQ1.'), bytes.subarray(0, 40)]);
    expect(await webcrypto.subtle.verify('Ed25519', key, bytes.subarray(40), signed)).toBe(true);
  });
});

test.each([null, {}, { kty: 'OKP', crv: 'X25519', d: 'x' }, { kty: 'OKP', crv: 'Ed25519' }])(
  'a signer needs an Ed25519 private key and not %j',
  (jwk) => {
    expect(() => createCredentialSigner(jwk)).toThrow('Ed25519 private key');
  },
);
