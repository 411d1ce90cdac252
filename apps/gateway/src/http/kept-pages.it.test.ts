import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { request } from 'undici';
import { hashOf } from '../documents/document-store.ts';
import { noTrustedDocuments } from '../documents/trusted-documents.ts';
import { ask, organisationId, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { defaultBudgets } from '../limits/budgets.ts';

// A page that was given twice is known by the bytes of its request, and takes the short way from the third time on.

let platform: FakePlatform;
let token: string;
let isTrusted = true;
let hears = true;
let switchedOff: string | undefined;
let changed: (organisationId: string) => void;
let serial = 0;

const page = 'query Page { venues { name parent { name } } }';
const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(page) } };
const post = (options: { token?: string } = { token }) => ask(platform.gateway, { extensions }, options);

async function get(headers: Record<string, string> = {}) {
  const search = new URLSearchParams({ extensions: JSON.stringify(extensions) }).toString();
  const answer = await request(`${platform.gateway.url}/graphql?${search}`, {
    headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1', ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

const someone = (claims = {}) => platform.issuer.sign({ sub: `acc_${(serial += 1)}`, ...claims });

beforeAll(async () => {
  const budgets = { ...defaultBudgets, user: { points: 60, windowSeconds: 600 } };
  platform = await startFakePlatform({
    cacheBytes: 1024 * 1024,
    limits: { maxCost: 500, mode: 'on', budgets },
    documents: {
      mode: 'trusted',
      trusted: {
        ...noTrustedDocuments,
        find: (hash) => (isTrusted && hash === hashOf(page) ? page : undefined),
      },
    },
    flags: { isOn: (flag, key) => flag !== 'response-cache' || key !== switchedOff },
    changes: {
      hears: () => hears,
      listenToChanges: ({ onChanges }) => {
        changed = (id) => onChanges({ service: 'venues', organisationId: id, ids: {} });
      },
    },
  });
  token = await someone();
  for (let time = 0; time < 2; time += 1) await post();
  for (let time = 0; time < 2; time += 1) await get();
});

afterAll(() => platform.stop());

beforeEach(async () => {
  token = await someone();
});

test('it costs its reader a point, also who could not pay what it may cost, until none is left', async () => {
  // A token that was not seen before is verified on the long way.
  expect((await post()).headers.get('ratelimit')).toBe('"user";r=59;t=600');
  for (let left = 58; left >= 0; left -= 1) {
    const { status, headers } = await post();
    expect([status, headers.get('x-cache')]).toEqual([200, 'hit']);
    expect(headers.get('x-marquee-cost')).toBe('1;estimate=20');
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"user";r=${left};`));
  }
  const spent = await post();
  expect([spent.status, spent.body.errors[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
  expect(spent.headers.get('retry-after')).not.toBeNull();
  // Whose budget that was: nobody else's.
  expect((await post({ token: await someone() })).status).toBe(200);
});

test('by GET it has an ETag, and is a 304 for who has that, but not for a page of another origin', async () => {
  for (let time = 0; time < 2; time += 1) {
    const full = await get();
    expect([full.status, full.headers['x-cache']]).toEqual([200, 'hit']);
    const etag = String(full.headers['etag']);
    const again = await get({ 'if-none-match': etag, 'x-correlation-id': 'quoted' });
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', etag]);
    expect(again.headers['x-correlation-id']).toBe('quoted');
    expect(again.headers['access-control-allow-origin']).toBe('*');
    expect((await get({ 'apollo-require-preflight': '' })).status).toBe(400);
  }
});

test('it is nobody’s without a good token, and another organisation has its own', async () => {
  await post();
  expect((await post()).headers.get('x-cache')).toBe('hit');
  expect((await post({})).status).toBe(401);
  expect((await post({ token: `${token}x` })).status).toBe(401);
  const expired = await someone({ exp: Math.floor(Date.now() / 1000) - 60 });
  expect((await post({ token: expired })).status).toBe(401);
  const { asked } = platform.behaviour;
  const stranger = await someone({ org: newUuid() });
  const others = [await post({ token: stranger }), await post({ token: stranger })];
  expect(others.map(({ headers }) => headers.get('x-cache'))).toEqual([null, 'hit']);
  expect(platform.behaviour.asked).toBe(asked + 1);
});

test('it is refused once its document is not trusted any more', async () => {
  for (const status of [200, 200]) expect((await post()).status).toBe(status);
  isTrusted = false;
  const refused = await post();
  isTrusted = true;
  expect([refused.status, refused.body.errors[0]?.extensions['code']]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
});

test('each is counted: as a request, as a hit, and for its operation', async () => {
  const count = async (metric: string) => {
    const text = await (await fetch(`${platform.gateway.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(metric))
        ?.split(' ')
        .at(-1),
    );
  };
  const hits = 'marquee_response_cache_requests_total{result="hit"}';
  const requests = 'marquee_http_request_seconds_count{path="/graphql",status="200"}';
  const before = [await count(hits), await count(requests)];
  for (let time = 0; time < 5; time += 1) await post();
  expect([await count(hits), await count(requests)]).toEqual(before.map((each) => each + 5));
});

test('it is asked for anew where a switch, a silence or a change says so', async () => {
  const cached = async () => (await post()).headers.get('x-cache');
  expect([await cached(), await cached()]).toEqual(['hit', 'hit']);
  switchedOff = organisationId;
  expect(await cached()).toBeNull();
  switchedOff = undefined;
  expect(await cached()).toBe('hit');
  hears = false;
  expect(await cached()).toBeNull();
  hears = true;
  platform.behaviour.venueName = 'Globe';
  changed(organisationId);
  await eventually(async () =>
    expect(JSON.stringify((await post({ token: await someone() })).body)).toContain('Globe'),
  );
});
