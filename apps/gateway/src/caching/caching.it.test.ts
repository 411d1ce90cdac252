import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { catalogue } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { request } from 'undici';
import { ask, organisationId, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';

let platform: FakePlatform;
let ann: string;
let ben: string;
let organiser: string;
let hears = true;
let switchedOff: string | undefined;
let tell: { changed(organisationId: string, type?: string): void; missed(): void };

beforeAll(async () => {
  platform = await startFakePlatform({
    cacheBytes: 1024 * 1024,
    flags: { isOn: (flag, key) => flag !== 'response-cache' || key !== switchedOff },
    changes: {
      hears: () => hears,
      listenToChanges: ({ onChanges, onGap }) => {
        tell = {
          changed: (id, type = 'venues.venue-renamed.v1') =>
            onChanges({ service: type.split('.')[0]!, organisationId: id, ids: { [type]: [] } }),
          missed: onGap,
        };
      },
    },
  });
  const { issuer } = platform;
  ann = await issuer.sign({ sub: 'acc_ann', name: 'Ann', email: 'ann@example.com' });
  ben = await issuer.sign({ sub: 'acc_ben', name: 'Ben' });
  organiser = await issuer.sign({ sub: 'acc_org', role: 'ORGANISER', scopes: ['catalogue:read'] });
});

afterAll(async () => {
  await platform.stop();
});

beforeEach(() => {
  hears = true;
  platform.behaviour.asked = 0;
  platform.behaviour.venueName = 'Lyceum';
});

let serial = 0;
/** The same question, in words that no other test has used. */
const question = () => `query Q${(serial += 1)} { venues { name } }`;
const nameIn = ({ body }: Awaited<ReturnType<typeof ask>>) =>
  (body.data?.['venues'] as { name: string }[] | undefined)?.[0]?.name;

describe('a kept answer', () => {
  test('is given to viewers of the same organisation and rights, and to nobody else', async () => {
    const query = question();
    const first = await ask(platform.gateway, query, { token: ann });
    expect(first.headers.get('x-cache')).toBeNull();
    const second = await ask(platform.gateway, query, { token: ben });
    expect(second.headers.get('x-cache')).toBe('hit');
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(platform.behaviour.asked).toBe(1);
    const others = [organiser, await platform.issuer.sign({ org: newUuid() })];
    for (const token of others) {
      const answer = await ask(platform.gateway, query, { token });
      expect(answer.headers.get('x-cache')).toBeNull();
    }
    expect(platform.behaviour.asked).toBe(3);
    expect((await ask(platform.gateway, query)).status).toBe(401);
  });

  test('is neither given nor kept where the switch of its organisation is off', async () => {
    const query = question();
    const cached = async () => (await ask(platform.gateway, query, { token: ann })).headers.get('x-cache');
    expect([await cached(), await cached()]).toEqual([null, 'hit']);
    switchedOff = organisationId;
    expect([await cached(), await cached()]).toEqual([null, null]);
    switchedOff = undefined;
    expect(await cached()).toBe('hit');
  });

  test('is for one operation with one set of variables', async () => {
    const query = `query Page($one: Boolean!) { venues { name @include(if: $one) id } } query Other { venues { id } }`;
    const sent = [
      { query, operationName: 'Page', variables: { one: true } },
      { query, operationName: 'Page', variables: { one: false } },
      { query, operationName: 'Other' },
    ];
    for (const body of sent) await ask(platform.gateway, body, { token: ann });
    expect(platform.behaviour.asked).toBe(3);
    for (const body of sent) await ask(platform.gateway, body, { token: ann });
    expect(platform.behaviour.asked).toBe(3);
  });

  test('is not given once something of its organisation changed', async () => {
    const query = question();
    await ask(platform.gateway, query, { token: ann });
    platform.behaviour.venueName = 'Globe';
    tell.changed(newUuid());
    expect(nameIn(await ask(platform.gateway, query, { token: ann }))).toBe('Lyceum');
    tell.changed(organisationId);
    await eventually(async () =>
      expect(nameIn(await ask(platform.gateway, query, { token: ben }))).toBe('Globe'),
    );
  });

  // By organisation and not by tag: nobody has to remember which answers an event concerns, be it a new one or one that
  // deletes, restores or purges.
  test('gives way to a new one after any event of the catalogue', async () => {
    const query = question();
    const houses = await Promise.all(
      Object.keys(catalogue).map(async (type) => {
        const org = newUuid();
        return { type, org, token: await platform.issuer.sign({ org }) };
      }),
    );
    /** The events after which a house is still told so. */
    const stillTold = async (name: string) => {
      const told: string[] = [];
      for (const { type, token } of houses)
        if (nameIn(await ask(platform.gateway, query, { token })) === name) told.push(type);
      return told;
    };
    await stillTold('Lyceum');
    platform.behaviour.venueName = 'Globe';
    expect(await stillTold('Lyceum')).toEqual(Object.keys(catalogue));
    for (const { type, org } of houses) tell.changed(org, type);
    await eventually(async () => expect(await stillTold('Lyceum')).toEqual([]));
  });

  test('is not given, nor kept, while changes cannot be heard, nor from before a gap', async () => {
    const query = question();
    await ask(platform.gateway, query, { token: ann });
    hears = false;
    for (let time = 0; time < 2; time += 1) await ask(platform.gateway, query, { token: ann });
    expect(platform.behaviour.asked).toBe(3);
    hears = true;
    tell.missed();
    await ask(platform.gateway, query, { token: ann });
    expect(platform.behaviour.asked).toBe(4);
  });

  test('never hides from a person what that person just changed', async () => {
    const query = question();
    await ask(platform.gateway, query, { token: ben });
    await ask(platform.gateway, 'mutation { renameVenue(name: "Globe") { id } }', { token: ben });
    platform.behaviour.venueName = 'Globe';
    expect(nameIn(await ask(platform.gateway, query, { token: ben }))).toBe('Globe');
  });

  test('answers that are not whole, private or hinted at by nobody are not kept', async () => {
    for (const query of ['{ venues { name takings } }', '{ whoAmI venues { name } }']) {
      for (let time = 1; time <= 2; time += 1) {
        const answer = await ask(platform.gateway, query, { token: ann });
        expect(answer.headers.get('x-cache')).toBeNull();
      }
    }
    expect(platform.behaviour.asked).toBe(4);
  });

  test('is made once for many who ask at once', async () => {
    const query = question();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(platform.gateway, query, { token: ann })),
    );
    expect(new Set(answers.map(nameIn))).toEqual(new Set(['Lyceum']));
    expect(platform.behaviour.asked).toBeLessThan(20);
  });
});

describe('over HTTP', () => {
  const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    request(`${platform.gateway.url}/graphql?${new URLSearchParams(parameters).toString()}`, {
      headers: { authorization: `Bearer ${ann}`, 'apollo-require-preflight': '1', ...headers },
    });

  test('a GET has an ETag, and is told in no bytes that nothing changed', async () => {
    const query = question();
    for (const expected of [null, 'hit']) {
      const answer = await get({ query });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['x-cache'] ?? null).toBe(expected);
      expect(answer.headers['cache-control']).toBe('private, no-cache');
      const etag = String(answer.headers['etag']);
      await answer.body.dump();
      const again = await get({ query }, { 'if-none-match': `"other", ${etag}` });
      expect(again.statusCode).toBe(304);
      expect(await again.body.text()).toBe('');
    }
  });

  test('a GET from a page of another origin is refused, kept answer or not', async () => {
    const query = question();
    await (await get({ query })).body.dump();
    const answer = await get({ query }, { 'apollo-require-preflight': '' });
    expect(answer.statusCode).toBe(400);
    await answer.body.dump();
  });

  test.each([
    ['zstd, br, gzip', 'zstd', zstdDecompressSync],
    ['gzip, br;q=0.9', 'gzip', gunzipSync],
    ['br', 'br', brotliDecompressSync],
  ] as const)('accept-encoding: %s gets %s, fresh or kept', async (accepted, encoding, decompress) => {
    const fields = Array.from({ length: 100 }, (_, index) => `n${index}: name`).join(' ');
    const query = `query Q${(serial += 1)} { venues { ${fields} } }`;
    for (const expected of [null, 'hit']) {
      const answer = await get({ query }, { 'accept-encoding': accepted });
      expect(answer.headers['x-cache'] ?? null).toBe(expected);
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['vary']).toContain('accept-encoding');
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      expect(JSON.parse(decompress(bytes).toString()).data.venues[0].n99).toBe('Lyceum');
    }
    const plain = await get({ query });
    expect(plain.headers['content-encoding']).toBeUndefined();
    await plain.body.dump();
  });
});
