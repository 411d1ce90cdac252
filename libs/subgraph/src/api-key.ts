import { crc32 } from 'node:zlib';

/** Tells a leaked key from other noise: scanners of public code look for it. */
export const apiKeyPrefix = 'mqk_';
const secretLength = 30;
const checksumLength = 6;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const pattern = /^mqk_[0-9A-Za-z]{36}$/;

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place++) {
    text = alphabet[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** `mqk_`, 30 characters of base 62 (178 bits), and their CRC-32 in 6. `random` gives bytes. */
export function makeApiKey(random: (length: number) => Uint8Array): string {
  let secret = '';
  // Bytes past the last whole multiple of 62 are thrown away, or some characters would come more often.
  while (secret.length < secretLength)
    for (const byte of random(secretLength))
      if (byte < 248 && secret.length < secretLength) secret += alphabet[byte % 62]!;
  return `${apiKeyPrefix}${secret}${checksumOf(apiKeyPrefix + secret)}`;
}

/** Whether it can be a key at all: what is mistyped or made up never reaches the database. */
export function isApiKey(text: string): boolean {
  if (!pattern.test(text)) return false;
  const body = text.slice(0, -checksumLength);
  return text.slice(-checksumLength) === checksumOf(body);
}
