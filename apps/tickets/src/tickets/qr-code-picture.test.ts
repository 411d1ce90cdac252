import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { newUuid } from '@marquee/kernel';
import { createCredentialSigner } from './credential.ts';
import { drawQrCode } from './qr-code.ts';
import { rotationWindow } from './rotation.ts';

const signer = createCredentialSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
const claims = { ticketId: newUuid(), occurrenceId: newUuid(), epoch: 1 };
const now = new Date();
const texts = {
  static: signer.sign(claims),
  rotating: signer.signRotating(claims, rotationWindow(now, now), now)!,
};
// CommonJS with a `default` beside it: which of the two is the function depends on who loads it.
const decode = ((jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr) as unknown as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string; version: number } | null;

test.each([
  ['static', 6],
  ['rotating', 8],
] as const)('a camera reads the %s credential back, from a code of version %d', async (form, version) => {
  const code = await drawQrCode(texts[form], 'PNG', null);
  expect(code).toMatchObject({ version, mediaType: 'image/png' });
  const { data, width, height } = PNG.sync.read(Buffer.from(code.dataUri.split(',')[1]!, 'base64'));
  expect(decode(Uint8ClampedArray.from(data), width, height)).toMatchObject({ data: texts[form], version });
});

test('a picture that scales is SVG', async () => {
  const code = await drawQrCode(texts.static, 'SVG', null);
  expect(code.dataUri).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(Buffer.from(code.dataUri.split(',')[1]!, 'base64').toString()).toContain('viewBox="0 0 49 49"');
});
