import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';

let platform: FakePlatform;

beforeAll(async () => {
  platform = await startFakePlatform();
});

afterAll(() => platform.stop());

/**
 * The audit's own GETs have no header that a browser would ask before sending, and without one a query by GET is
 * refused to pages of other origins; every real client sends one.
 */
const fetchAsClient: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('apollo-require-preflight', 'true');
  return fetch(input, { ...init, headers });
};

// https://github.com/graphql/graphql-http: what GraphQL over HTTP says that a server must, should and may.
const audits = serverAudits({ url: () => `${platform.gateway.url}/graphql`, fetchFn: fetchAsClient });

describe('GraphQL over HTTP', () => {
  test.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
    const result = await audit.fn();
    const reason = 'reason' in result ? result.reason : '';
    expect({ status: result.status, reason }).toEqual({ status: 'ok', reason: '' });
  });
});
