import { createHash, createPrivateKey, generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { decodeBase41, encodeBase41 } from './base41.ts';
import { codeAt, createCredentialSigner } from './credential.ts';
import { readPublishedKeys } from './key-ring.ts';
import { readCredential } from './read-credential.ts';
import { closesAt, hashForward, maxSteps, rotationWindow } from './rotation.ts';

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const key = newKey();
const signer = createCredentialSigner(key);
const published = readPublishedKeys(signer.publicKeys());
const claims = { ticketId: newUuid(), occurrenceId: newUuid(), epoch: 3 };
const startsAt = new Date('2027-03-20T18:00:00Z');
const window = rotationWindow(startsAt, new Date('2027-03-20T20:30:00Z'));
const later = (seconds: number) => new Date(startsAt.getTime() + seconds * 1_000);
const isReadAs = (text: string, now = startsAt) => readCredential(published, text, now);

describe('a static credential', () => {
  test('carries ticket, occurrence and epoch, and fits a QR code of version 6', () => {
    const credential = signer.sign(claims);
    expect(signer.verify(credential)).toEqual({ ...claims, form: 'STATIC', fresh: true });
    expect(credential).toHaveLength(154);
    expect(signer.sign(claims)).toBe(credential);
  });

  test('is verified offline with the public key alone', async () => {
    const bytes = decodeBase41(signer.sign(claims).slice(4))!;
    const { kty, crv, x } = signer.publicKeys()[0]!;
    const publicKey = await webcrypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
    const signed = Buffer.concat([Buffer.from('MQ2:'), bytes.subarray(0, 36)]);
    expect(await webcrypto.subtle.verify('Ed25519', publicKey, bytes.subarray(36), signed)).toBe(true);
    expect(isReadAs(signer.sign(claims))).toEqual({ ...claims, form: 'STATIC', fresh: true });
  });

  test('of those issued before there were others is still good', () => {
    const hex = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
    const keyId = createHash('sha256').update(String(key.x)).digest().subarray(0, 4);
    const body = Buffer.concat([
      keyId,
      hex(claims.ticketId),
      hex(claims.occurrenceId),
      Buffer.from([0, 0, 0, 3]),
    ]);
    const privateKey = createPrivateKey({ key, format: 'jwk' });
    const signature = sign(null, Buffer.concat([Buffer.from('MQ1.'), body]), privateKey);
    const old = `MQ1.${Buffer.concat([body, signature]).toString('base64url')}`;
    expect(isReadAs(old)).toEqual({ ...claims, form: 'STATIC', fresh: true });
    expect(isReadAs(`${old}=`)).toBeNull();
  });
});

describe('a rotating credential', () => {
  test('is good while it is shown, and stale soon after: a picture of it opens no door', () => {
    const code = signer.signRotating(claims, window, startsAt)!;
    expect(code).toHaveLength(213);
    const freshAfter = (seconds: number) => isReadAs(code, later(seconds))?.fresh;
    expect(isReadAs(code)).toEqual({ ...claims, form: 'ROTATING', fresh: true });
    expect([-30, 0, 29, 59].map(freshAfter)).toEqual([true, true, true, true]);
    expect([-31, 60, 3_600, 86_400].map(freshAfter)).toEqual([false, false, false, false]);
    expect(signer.signRotating(claims, window, later(30))).not.toBe(code);
  });

  test('is shown by an app without network, from the first step to the last and not outside', () => {
    const rotation = signer.rotation(claims, window, startsAt);
    const last = new Date(closesAt(window).getTime() - 1);
    for (const now of [window.opensAt, startsAt, last]) {
      expect(isReadAs(codeAt(rotation, now)!, now)).toMatchObject({ fresh: true });
    }
    expect(codeAt(rotation, new Date(window.opensAt.getTime() - 1))).toBeNull();
    expect(codeAt(rotation, closesAt(window))).toBeNull();
  });

  test('tells who copied it nothing of the codes to come', () => {
    const code = decodeBase41(signer.signRotating(claims, window, startsAt)!.slice(4))!;
    const [shown, step] = [code.subarray(123), code.readUInt16BE(121)];
    const forged = (number: number, value: Buffer) => {
      const bytes = Buffer.from(code);
      bytes.writeUInt16BE(number, 121);
      value.copy(bytes, 123);
      return bytes;
    };
    const ticket = code.subarray(2, 18);
    const next = later(120);
    // Neither the value itself under a later number nor anything made of it.
    for (const value of [shown, hashForward(ticket, shown, 1), hashForward(ticket, shown, 4)]) {
      expect(isReadAs(`MQ3:${encodeBase41(forged(step + 4, value))}`, next)).toBeNull();
    }
    // An earlier code can be made of it, and is stale.
    const earlier = `MQ3:${encodeBase41(forged(step - 4, hashForward(ticket, shown, 4)))}`;
    expect(isReadAs(earlier)).toMatchObject({ fresh: false });
  });

  test('of another epoch shares nothing with it', () => {
    const next = signer.rotation({ ...claims, epoch: 4 }, window, startsAt);
    const { seed } = signer.rotation(claims, window, startsAt);
    expect(isReadAs(codeAt({ ...next, seed }, startsAt)!)).toBeNull();
  });

  test('has a window with few enough steps to verify quickly, however long the occurrence', () => {
    for (const hours of [0, 1, 14, 72, 24 * 30]) {
      const long = rotationWindow(startsAt, later(hours * 3_600));
      expect(long.steps).toBeLessThanOrEqual(maxSteps);
      expect(closesAt(long).getTime()).toBeGreaterThanOrEqual(later(hours * 3_600).getTime());
      expect(long.stepSeconds % 15).toBe(0);
    }
    expect(window).toMatchObject({ stepSeconds: 30, opensAt: later(-6 * 3_600) });
  });
});

describe('a credential', () => {
  test.each(['sign', 'signRotating'] as const)('by %s fails when any one character is changed', (how) => {
    const credential = signer[how](claims, window, startsAt)!;
    for (let place = 0; place < credential.length; place++) {
      const other = credential[place] === 'A' ? 'B' : 'A';
      expect(isReadAs(credential.slice(0, place) + other + credential.slice(place + 1))).toBeNull();
    }
  });

  test.each([
    '',
    'MQ1.',
    'MQ2:',
    'toString',
    'not a ticket',
    `MQ2:${'A'.repeat(150)}`,
    `MQ3:${'A'.repeat(5_000)}`,
  ])('is never read from %j', (text) => expect(isReadAs(text)).toBeNull());

  test('of another key is not ours', () => {
    expect(signer.verify(createCredentialSigner(newKey()).sign(claims))).toBeNull();
  });
});

describe('the signing key', () => {
  const seconds = (at: Date) => at.getTime() / 1_000;

  test('gives way to its successor at the instant that was said, and goes on verifying until its end', () => {
    const [old, next] = [newKey(), newKey()];
    const begins = new Date(Date.now() + 3_600_000);
    const ends = new Date(Date.now() + 7_200_000);
    const before = createCredentialSigner({ keys: [old] }).sign(claims);
    const ring = createCredentialSigner({
      keys: [
        { ...old, exp: seconds(ends) },
        { ...next, nbf: seconds(begins) },
      ],
    });
    // Both are published at once: a device learns of the next key before the first ticket carries it.
    expect(ring.publicKeys().map(({ x }) => x)).toEqual([old.x, next.x]);
    expect(ring.sign(claims)).toBe(before);
    const keyOf = (at: Date) => ring.rotation(claims, window, at).signed.subarray(0, 2).toString('hex');
    expect(keyOf(new Date(begins.getTime() - 1))).toBe(ring.publicKeys()[0]!.kid.slice(0, 4));
    expect(keyOf(begins)).toBe(ring.publicKeys()[1]!.kid.slice(0, 4));
    expect(ring.verify(before, new Date(ends.getTime() - 1))).not.toBeNull();
    expect(ring.verify(before, ends)).toBeNull();
    expect(ring.publicKeys(ends)).toHaveLength(1);
  });

  test('may be thrown away once it signs no more, and its tickets stay good', () => {
    const [old, next] = [newKey(), newKey()];
    const before = createCredentialSigner(old).sign(claims);
    const { d: _, ...publicHalf } = old;
    const ring = createCredentialSigner({ keys: [{ ...publicHalf, exp: 4_102_444_800 }, next] });
    expect(ring.verify(before)).not.toBeNull();
    expect(ring.sign(claims)).not.toBe(before);
  });

  test('shows its private half nowhere in what is published', () => {
    expect(JSON.stringify(signer.publicKeys())).not.toContain(String(key.d));
  });

  test.each([
    null,
    {},
    { keys: [] },
    { kty: 'OKP', crv: 'X25519', d: 'x' },
    { kty: 'OKP', crv: 'Ed25519' },
    { keys: [{ ...newKey(), exp: 1 }] },
    { keys: [{ ...newKey(), nbf: 4_102_444_800 }] },
  ])('is an Ed25519 private key that signs now, and not %j', (jwk) => {
    expect(() => createCredentialSigner(jwk)).toThrow('Ed25519 private key');
  });
});
