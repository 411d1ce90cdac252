import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const directory = mkdtempSync(join(tmpdir(), 'tickets-config-'));
afterAll(() => rmSync(directory, { recursive: true }));
const keyFile = join(directory, 'key.json');
writeFileSync(keyFile, '{"kty":"OKP"}');

const environment = {
  PORT: '4003',
  DATABASE_URL: 'postgres://u:p@localhost/tickets',
  NATS_URL: 'nats://localhost:4222',
  MARQUEE_INTERNAL_SECRET: 's'.repeat(32),
  EVENTS_URL: 'http://localhost/graphql',
  VENUES_URL: 'http://localhost/graphql',
  GUESTS_URL: 'http://localhost/graphql',
  MARQUEE_TICKET_KEY_FILE: keyFile,
  MARQUEE_FIELD_KEYS_FILE: join(directory, 'field-keys.json'),
};

test('what is needed is read, and the rest has defaults', () => {
  expect(readConfig(environment)).toMatchObject({
    MARQUEE_TICKET_KEY_FILE: { kty: 'OKP' },
    MARQUEE_HOLD_MINUTES: 10,
    MARQUEE_ORDER_MINUTES: 15,
    NATS_NAMESPACE: 'marquee',
  });
});

test('every fault is reported at once, an unreadable key among them', () => {
  const read = () =>
    readConfig({ MARQUEE_TICKET_KEY_FILE: join(directory, 'none.json'), MARQUEE_HOLD_MINUTES: '0' });
  expect(read).toThrow(
    /DATABASE_URL must be set[^]*MARQUEE_TICKET_KEY_FILE must name[^]*MARQUEE_HOLD_MINUTES must be/,
  );
  expect(() => readConfig({ ...environment, MARQUEE_TICKET_KEY_FILE: '' })).toThrow(
    'MARQUEE_TICKET_KEY_FILE must be set',
  );
});
