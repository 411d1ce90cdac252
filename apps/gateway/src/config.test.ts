import { describe, expect, test } from '@jest/globals';
import { readConfig, readServiceUrls, supergraphFile } from './config.ts';

const env = {
  PORT: '4000',
  MARQUEE_INTERNAL_SECRET: 'a secret of at least thirty-two characters',
  MARQUEE_JWKS_FILE: '/keys/jwks.json',
};

describe('the settings of the gateway', () => {
  test('have defaults that suit development', () => {
    expect(readConfig(env)).toMatchObject({
      HOST: '127.0.0.1',
      MARQUEE_INTROSPECTION: true,
      MARQUEE_EXPLORER: true,
      MARQUEE_CORS_ORIGINS: '*',
      MARQUEE_TOKEN_ISSUER: 'marquee-development',
      MARQUEE_SUPERGRAPH_WATCH: false,
    });
    expect(supergraphFile({})).toMatch(/generated\/supergraph\.graphql$/);
  });

  test('keep the schema to themselves in production', () => {
    expect(readConfig({ ...env, NODE_ENV: 'production' }).MARQUEE_INTROSPECTION).toBe(false);
  });

  test('take origins one by one', () => {
    const origins = 'https://a.example, https://b.example:8443';
    expect(readConfig({ ...env, MARQUEE_CORS_ORIGINS: origins }).MARQUEE_CORS_ORIGINS).toEqual([
      'https://a.example',
      'https://b.example:8443',
    ]);
    expect(() => readConfig({ ...env, MARQUEE_CORS_ORIGINS: 'https://a.example/path' })).toThrow(
      /MARQUEE_CORS_ORIGINS/,
    );
  });

  test('report every fault at once, without values', () => {
    const read = () =>
      readConfig({ PORT: 'x', MARQUEE_INTERNAL_SECRET: 'short', MARQUEE_RATE_BUDGETS: 'user=much' });
    expect(read).toThrow(/PORT[^]*MARQUEE_INTERNAL_SECRET[^]*MARQUEE_RATE_BUDGETS/);
    expect(read).not.toThrow(/short|much/);
  });
});

test('an address in the environment stands for the one in the supergraph', () => {
  const urls = readServiceUrls(['venues', 'box-office', 'events'], {
    VENUES_URL: 'http://127.0.0.1:4001/graphql',
    BOX_OFFICE_URL: 'http://box/graphql',
  });
  expect([...urls]).toEqual([
    ['venues', 'http://127.0.0.1:4001/graphql'],
    ['box-office', 'http://box/graphql'],
  ]);
  expect(() => readServiceUrls(['venues'], { VENUES_URL: 'venues:4001' })).toThrow(/VENUES_URL/);
});
