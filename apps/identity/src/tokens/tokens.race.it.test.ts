import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { systemScope } from '@marquee/postgres';
import { eventually, times } from '@marquee/testkit';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import {
  createWorld,
  givenOrganisation,
  interfere,
  serveForTest,
  type World,
} from '../harness.test-support.ts';
import {
  beginSignIn,
  createBrowser,
  refresh,
  type Browser,
  type Tokens,
} from '../sign-in/browser.test-support.ts';
import { storePassword } from '../sign-in/passwords.ts';
import { loadSigningKeys, publicKeys, rotateSigningKey } from './signing-keys.ts';

const password = 'correct horse battery';
let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
  await ready(graph.url);
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const beside: Awaited<ReturnType<typeof serveForTest>>[] = [];
afterEach(async () => {
  await Promise.all(beside.splice(0).map((served) => served.drain()));
});

const ready = (url: string) =>
  eventually(async () => expect((await fetch(`${url}/oidc/jwks`)).status).toBe(200));

/** Another process of the service. */
async function serveBeside(services: World['services']): Promise<{ readonly url: string }> {
  const served = await serveForTest(services);
  beside.push(served);
  await ready(served.url);
  return served;
}

async function signIn(browser: Browser): Promise<Tokens> {
  const { owner } = await givenOrganisation(world.services);
  await storePassword(world.services.database, owner.accountId, password);
  const signing = await beginSignIn(browser);
  return signing.tokens(await browser.go(`${signing.at}/password`, { email: owner.email, password }));
}

/** Two use one refresh token at once, through a database where both have seen it unused. What became of it all. */
async function refreshTwice(guarded: boolean) {
  const database = interfere(world.services.database, {
    before: 'update issuer_record set consumed_at',
    parties: 2,
    instead: guarded ? [] : [['and consumed_at is null returning', 'returning']],
    only: 'RefreshToken',
  });
  const { url } = await serveBeside({ ...world.services, database });
  const browser = createBrowser(url);
  const first = await signIn(createBrowser(graph.url));
  const both = await Promise.all([1, 2].map(() => refresh(browser, first.refresh_token)));
  const taken = both.filter(({ error }) => error === undefined);
  const alive = await Promise.all(
    taken.map(({ refresh_token }) => refresh(createBrowser(graph.url), refresh_token)),
  );
  return { taken: taken.length, alive: alive.filter(({ error }) => error === undefined).length };
}

describe('one refresh token, used by two at once', () => {
  test('is good for one of them at most, and what that one got dies with the family', async () => {
    for (let round = 0; round < times({ test: 2, soak: 100 }); round++) {
      const { taken, alive } = await refreshTwice(true);
      expect(taken).toBeLessThanOrEqual(1);
      expect(alive).toBe(0);
    }
  });

  test('without the guard in the row both would go on', async () => {
    expect(await refreshTwice(false)).toEqual({ taken: 2, alive: 2 });
  });
});

describe('signing keys', () => {
  const jwks = async () => (await publicKeys(world.services.database)) as JSONWebKeySet;
  const kidOf = ({ access_token }: Tokens) => decodeProtectedHeader(access_token).kid;

  test('rotate without a refused token: the next is published before it signs, the last until its tokens are over', async () => {
    const before = await signIn(createBrowser(graph.url));
    const kid = await rotateSigningKey(world.services);
    const published = await jwks();
    expect(published.keys.map((key) => key.kid)).toEqual(expect.arrayContaining([kidOf(before), kid]));
    expect((await loadSigningKeys(world.services)).kids[0]).toBe(kidOf(before));
    // A rotation that is under way is not begun again.
    expect(await rotateSigningKey(world.services)).toBeNull();
    await world.services.database.transaction(systemScope, (tx) =>
      tx.execute(`update signing_key set signs_from = now() where kid = $1`, [kid]),
    );
    const { url } = await serveBeside(world.services);
    const after = await signIn(createBrowser(url));
    expect(kidOf(after)).toBe(kid);
    for (const { access_token } of [before, after])
      await expect(jwtVerify(access_token, createLocalJWKSet(await jwks()))).resolves.toBeTruthy();
  });

  test('are sealed at rest, and no private part is ever published', async () => {
    const stored = await world.services.database.read(systemScope, (tx) =>
      tx.rows<{ sealed: Buffer }>('select private_key as sealed from signing_key'),
    );
    for (const { sealed } of stored) expect(sealed.toString('utf8')).not.toContain('"d"');
    const shown = await (await fetch(`${graph.url}/oidc/jwks`)).text();
    expect(shown).not.toContain('"d"');
    expect(JSON.stringify(await jwks())).not.toContain('"d"');
  });
});
