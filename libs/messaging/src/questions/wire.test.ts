import { describe, expect, test } from '@jest/globals';
import { keyring, newUuid } from '@marquee/kernel';
import { askingHeaders, readAsking } from './wire.ts';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const subject = 'marquee._ask.tickets.taken-seats.v1';
const data = new TextEncoder().encode('{"spaceId":"7"}');
const asking = { id: newUuid(), organisationId: newUuid(), asker: 'venues', remainingMs: 2000 };
const nowMs = 1_800_000_000_000;
const sign = (changed: Partial<typeof asking> = {}) =>
  askingHeaders(subject, data, { ...asking, ...changed }, keyring(secret), nowMs);

describe('the signature of a question', () => {
  test('gives back who asks what', () => {
    expect(readAsking(subject, { headers: sign(), data }, keyring(secret), nowMs)).toEqual(asking);
  });

  test('holds for no other subject, body, organisation, asker, deadline or secret', () => {
    const read = (headers: ReturnType<typeof sign>, at = subject, body = data, key = secret) =>
      readAsking(at, { headers, data: body }, keyring(key), nowMs);
    expect(read(sign(), 'marquee._ask.tickets.other.v1')).toBeNull();
    expect(read(sign(), subject, new TextEncoder().encode('{"spaceId":"8"}'))).toBeNull();
    expect(read(sign(), subject, data, `${secret}!`)).toBeNull();
    for (const [name, value] of [
      ['Marquee-Organisation', newUuid()],
      ['Marquee-Asker', 'gateway'],
      ['Marquee-Deadline-Ms', '9000'],
      ['Marquee-Question-Id', newUuid()],
      ['Marquee-Issued-At-Ms', String(nowMs + 1)],
    ] as const) {
      const headers = sign();
      headers.set(name, value);
      expect(read(headers)).toBeNull();
    }
    expect(readAsking(subject, { data }, keyring(secret), nowMs)).toBeNull();
  });

  test('holds from a service that has exchanged the secret before or after', () => {
    const [both, fresh] = [
      `${secret},its-successor-of-thirty-two-characters`,
      'its-successor-of-thirty-two-characters',
    ];
    const read = (signing: string, reading: string) => {
      const headers = askingHeaders(subject, data, asking, keyring(signing), nowMs);
      return readAsking(subject, { headers, data }, keyring(reading), nowMs);
    };
    for (const signing of [secret, fresh, both]) expect(read(signing, both)).toEqual(asking);
    expect(read(secret, fresh)).toBeNull();
  });

  test('is good for a minute, and clocks may differ by five seconds', () => {
    const at = (laterMs: number) =>
      readAsking(subject, { headers: sign(), data }, keyring(secret), nowMs + laterMs);
    expect([at(-4_999), at(0), at(64_999)].map((read) => read !== null)).toEqual([true, true, true]);
    expect([at(-5_001), at(65_001)]).toEqual([null, null]);
  });

  test('does not make up for what is malformed', () => {
    for (const wrong of [
      { organisationId: 'all' },
      { remainingMs: 0 },
      { remainingMs: 60_000 },
      { id: '' },
    ]) {
      expect(readAsking(subject, { headers: sign(wrong), data }, keyring(secret), nowMs)).toBeNull();
    }
  });
});
