import { expect, test } from '@jest/globals';
import {
  commonSettings,
  ConfigError,
  flag,
  integer,
  oneOf,
  optional,
  parseConfig,
  port,
  sharedSecret,
  text,
  url,
  withDefault,
} from './config-shape.ts';

const shape = {
  PORT: port(),
  URL: url(['https:']),
  ANY_URL: url(),
  LEVEL: oneOf('low', 'high'),
  COUNT: integer({ min: 1, max: 5 }),
  FLAG: flag(),
  NAME: text({ min: 3, max: 5 }),
  EXTRA: optional(text()),
  FALLBACK: withDefault(integer({ min: 0, max: 9 }), 7),
};

test('settings are read with their types', () => {
  const env = {
    PORT: '0',
    URL: 'https://a.example',
    ANY_URL: 'nats://b',
    LEVEL: 'high',
    COUNT: ' 3 ',
    FLAG: 'true',
    NAME: 'abc',
    EXTRA: '',
    OTHER: 'unread',
  };
  expect(parseConfig(env, shape)).toEqual({
    PORT: 0,
    URL: 'https://a.example',
    ANY_URL: 'nats://b',
    LEVEL: 'high',
    COUNT: 3,
    FLAG: true,
    NAME: 'abc',
    EXTRA: undefined,
    FALLBACK: 7,
  });
});

test('every fault is reported at once, and no value is shown', () => {
  const env = {
    PORT: '70000',
    URL: 'http://user:hunter2@a.example',
    LEVEL: 'middle',
    COUNT: '1.5',
    FLAG: 'yes',
    NAME: 'abcdefgh',
    FALLBACK: 'x',
  };
  const read = () => parseConfig(env, shape);
  expect(read).toThrow(ConfigError);
  let fault: ConfigError | undefined;
  try {
    read();
  } catch (error) {
    fault = error as ConfigError;
  }
  expect(fault?.faults).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'URL must be a URL that begins with https:',
    'ANY_URL must be set',
    'LEVEL must be one of low, high',
    'COUNT must be a whole number from 1 to 5',
    'FLAG must be true or false',
    'NAME must have at most 5 characters',
    'FALLBACK must be a whole number from 0 to 9',
  ]);
  expect(fault?.message).not.toContain('hunter2');
  expect(fault?.code).toBe('CONFIG');
});

test('what is not set is said to be missing', () => {
  expect(() => parseConfig({ NAME: 'ab', ANY_URL: 'not a url' }, shape)).toThrow(
    /PORT must be set\n\s+URL must be set\n\s+ANY_URL must be an absolute URL[^]*NAME must have at least 3/,
  );
});

test('the settings of every service need a port and a secret that cannot be guessed', () => {
  expect(() => parseConfig({ MARQUEE_INTERNAL_SECRET: 'short' }, commonSettings)).toThrow(
    /PORT must be set[^]*MARQUEE_INTERNAL_SECRET must have at least 32 characters/,
  );
});

test('a shared secret is the old and the new one while it is exchanged, each of which cannot be guessed', () => {
  const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)];
  const parse = (raw?: string) => sharedSecret()(raw);
  expect(parse(`${old},${fresh}`)).toEqual({ value: `${old},${fresh}` });
  for (const short of [`${old},new`, `${old},`, `,${fresh}`])
    expect(parse(short)).toEqual({ fault: 'must have at least 32 characters' });
  expect(parse([old, fresh, old, fresh].join())).toHaveProperty('fault');
  expect(parse(undefined)).toEqual({ fault: 'must be set' });
});
