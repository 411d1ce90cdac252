import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scopesOf } from '@marquee/subgraph';
import { ask, readinessOf, startFakePlatform, type FakePlatform } from './fake-platform.test-support.ts';

let platform: FakePlatform;
let organiser: string;

beforeAll(async () => {
  platform = await startFakePlatform();
  organiser = await platform.issuer.sign({ role: 'ORGANISER', scopes: [...scopesOf('ORGANISER')] });
});

afterAll(async () => {
  await platform.stop();
});

describe('browsers', () => {
  test('a page of another origin cannot send a query without asking first', async () => {
    const query = `${platform.gateway.url}/graphql?query={__typename}`;
    expect((await fetch(query)).status).toBe(400);
    const allowed = await fetch(query, { headers: { 'apollo-require-preflight': 'yes' } });
    expect(await allowed.json()).toEqual({ data: { __typename: 'Query' } });
    const mutation = `${platform.gateway.url}/graphql?query=mutation{renameVenue(name:"x"){id}}`;
    const response = await fetch(mutation, {
      headers: { 'apollo-require-preflight': 'yes', authorization: `Bearer ${organiser}` },
    });
    expect(response.status).toBe(405);
    expect(platform.behaviour.mutations).toBe(0);
  });

  test('any origin may read answers, without credentials', async () => {
    const preflight = await fetch(`${platform.gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(preflight.headers.get('access-control-max-age')).toBe('86400');
  });

  test('the explorer is one page that fetches nothing from elsewhere', async () => {
    for (const path of ['/graphql', '/explorer']) {
      const response = await fetch(`${platform.gateway.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
      const page = await response.text();
      expect(page).toContain('<title>Marquee</title>');
      expect(page.match(/<(script|link|img)[^>]*(src|href)="(https?:)?\/\//g)).toBeNull();
    }
  });
});

test('the state of the platform and its breakers is shown', async () => {
  const { status, checks, details } = await readinessOf(platform.gateway);
  expect(status).toBe(200);
  expect(Object.keys(checks)).toEqual(['supergraph', 'events', 'venues']);
  expect(details.breakers.map(({ name }) => name).toSorted()).toEqual(['events', 'venues']);
  await ask(platform.gateway, '{ venues { name } }', { token: organiser });
  const metrics = await (await fetch(`${platform.gateway.url}/metrics`)).text();
  expect(metrics).toContain('marquee_outbound_breaker_state{outbound="venues"} 0');
  expect(metrics).toContain('marquee_graphql_operations_total{kind="query",outcome="ok"}');

  platform.behaviour.venuesReady = false;
  const notReady = await readinessOf(platform.gateway);
  expect(notReady.status).toBe(503);
  expect(notReady.checks['venues']).toMatchObject({
    ok: false,
    error: 'not ready: database',
  });
  expect((await fetch(`${platform.gateway.url}/health/gateway`)).status).toBe(200);
  platform.behaviour.venuesReady = true;
});
