import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { decodeJwt } from 'jose';
import { createWorld, givenOrganisation, serveForTest, type World } from '../harness.test-support.ts';
import { beginSignIn, createBrowser, publicUrl } from './browser.test-support.ts';
import { startOutsider } from './outsider.test-support.ts';
import { accountByPassword, storePassword } from './passwords.ts';
import { judgeStepUp } from './step-up.ts';

let world: World;
let outsider: Awaited<ReturnType<typeof startOutsider>>;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  outsider = await startOutsider(`${publicUrl}/sign-in/external`);
  world = await createWorld();
  graph = await serveForTest(world.services, [outsider.settings]);
  await eventually(async () => expect((await fetch(`${graph.url}/oidc/jwks`)).status).toBe(200));
});
afterAll(async () => {
  await graph?.drain();
  await Promise.all([world?.drop(), outsider?.stop()]);
});

let email: string;
let sub: string;
beforeEach(() => {
  [email, sub] = [`${newUuid()}@example.com`, newUuid()];
  outsider.become({ sub, email, email_verified: true, name: 'Ada' });
});

type Visiting = Parameters<typeof outsider.visit>[1] & {
  /** What the application asks for. */
  readonly asked?: Record<string, string>;
};

/** As far as the other side, whose answer it gives. */
async function goThere({ asked = {}, ...visiting }: Visiting = {}) {
  const browser = createBrowser(graph.url);
  const { at, page, tokens } = await beginSignIn(browser, asked);
  expect(page.text).toContain('Outsider');
  const sent = await browser.once(`${at}/external/outsider`, {});
  const authorization = sent.headers.get('location')!;
  const back = await outsider.visit(authorization, visiting);
  const path = `${back.pathname}${back.search}`;
  return { browser, at, tokens, authorization: new URL(authorization), back, path };
}
async function signIn(visiting: Visiting = {}) {
  const { browser, path } = await goThere(visiting);
  return browser.go(path);
}
const accountsWith = (address: string) =>
  world.services.database.read(systemScope, (tx) =>
    tx.rows<{ id: string; name: string }>('select id, name from account where email = $1', [address]),
  );

describe('signing in by another issuer', () => {
  test('is discovered, by code with PKCE, state and nonce, and makes an account for a verified address', async () => {
    const { browser, authorization, path } = await goThere();
    expect(Object.fromEntries(authorization.searchParams)).toMatchObject({
      client_id: 'marquee',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
    });
    // New, and a member of nothing yet.
    expect((await browser.go(path)).text).toContain('Start an organisation');
    expect(await accountsWith(email)).toEqual([{ id: expect.any(String), name: 'Ada' }]);
  });

  test('knows who came before by the subject, whatever the address there is by now', async () => {
    await signIn();
    outsider.become({ sub, email: `${newUuid()}@example.com`, email_verified: false });
    expect((await signIn()).text).toContain('Start an organisation');
    expect(await accountsWith(email)).toHaveLength(1);
  });

  test('takes no word for an address that was not verified there', async () => {
    const { owner } = await givenOrganisation(world.services);
    outsider.become({ sub, email: owner.email, email_verified: false });
    const refused = await signIn();
    expect(refused).toMatchObject({ status: 401, text: expect.stringContaining('did not say who you are') });
  });

  test('signs in to the account that has the address, and a password of whoever never confirmed it is gone', async () => {
    const { owner } = await givenOrganisation(world.services);
    const { database } = world.services;
    await storePassword(database, owner.accountId, 'correct horse battery');
    const passwordIsGood = async () =>
      (await accountByPassword(database, owner.email, 'correct horse battery')) !== null;
    outsider.become({ sub, email: owner.email.toUpperCase(), email_verified: true });
    expect((await signIn()).path).toMatch(/^\/explorer\?.*code=/);
    expect(await passwordIsGood()).toBe(true);

    const other = await givenOrganisation(world.services);
    await storePassword(database, other.owner.accountId, 'correct horse battery');
    await database.transaction(systemScope, (tx) =>
      tx.execute('update account set email_verified_at = null where id = $1', [other.owner.accountId]),
    );
    outsider.become({ sub: newUuid(), email: other.owner.email, email_verified: true });
    expect((await signIn()).path).toMatch(/^\/explorer\?.*code=/);
    expect(await accountByPassword(database, other.owner.email, 'correct horse battery')).toBeNull();
  });

  test('an answer counts once, in the browser that asked, with its own state', async () => {
    const { browser, path, back } = await goThere();
    const victim = createBrowser(graph.url);
    await beginSignIn(victim);
    expect((await victim.go(path)).status).toBe(400);
    const forged = new URL(back);
    forged.searchParams.set('state', 'x'.repeat(43));
    expect((await browser.go(`${forged.pathname}${forged.search}`)).status).toBe(400);
    expect((await browser.go(path)).text).toContain('Start an organisation');
    expect((await browser.go(path)).status).toBe(400);
  });

  test('an answer to another sign-in is none to this one', async () => {
    const [one, other] = [await goThere(), await goThere()];
    const mixed = new URL(one.back);
    mixed.searchParams.set('code', other.back.searchParams.get('code')!);
    expect((await one.browser.go(`${mixed.pathname}${mixed.search}`)).status).toBe(401);
  });

  test('an issuer that is down is said so, and asked again when it is back', async () => {
    // Discovered anew: another instance of ours, which has not met it.
    const fresh = await serveForTest(world.services, [outsider.settings]);
    try {
      await eventually(async () => expect((await fetch(`${fresh.url}/oidc/jwks`)).status).toBe(200));
      await outsider.stop();
      const browser = createBrowser(fresh.url);
      const { at } = await beginSignIn(browser);
      const refused = await browser.go(`${at}/external/outsider`, {});
      expect(refused).toMatchObject({ status: 404, text: expect.stringContaining('is not there') });
      await outsider.comeBack();
      const sent = await browser.once(`${at}/external/outsider`, {});
      expect(sent.headers.get('location')).toContain(outsider.settings.issuer);
    } finally {
      await fresh.drain();
    }
  });
});

describe('a fresh sign-in by another issuer', () => {
  const fresh = { max_age: '600' };
  const deaf = (asked: URLSearchParams) => ['prompt', 'max_age'].forEach((name) => asked.delete(name));
  const talkative = (asked: URLSearchParams) => asked.set('max_age', '86400');
  const secondsNow = () => Math.floor(Date.now() / 1_000);
  let owner: Viewer;
  beforeEach(async () => {
    const organisation = await givenOrganisation(world.services);
    owner = organisation.viewer;
    email = organisation.owner.email;
    outsider.become({ sub, email, email_verified: true });
  });

  /** Signed in as the owner; what the tokens say, and whether that is enough for what is never undone. */
  async function signedIn(visiting: Visiting = {}) {
    const { browser, path, tokens } = await goThere(visiting);
    const { access_token, id_token } = await tokens(await browser.go(path));
    const access = decodeJwt(access_token);
    const stepUp = await judgeStepUp(world.services, { ...owner, sessionId: access['sid'] as string });
    return { access, identity: decodeJwt(id_token), needsStepUp: stepUp !== null };
  }

  test.each([{ prompt: 'login' }, { max_age: '600' }, { max_age: '0' }])(
    'asked for by %j has the issuer ask who it is, although it knows the browser',
    async (asked) => {
      const cookies = new Map<string, string>();
      const before = outsider.logins();
      await signIn({ cookies });
      const known = await goThere({ cookies });
      expect(known.authorization.searchParams.has('prompt')).toBe(false);
      expect(known.authorization.searchParams.has('max_age')).toBe(false);
      expect(outsider.logins()).toBe(before + 1);

      const { authorization, browser, path, tokens } = await goThere({ cookies, asked });
      expect(Object.fromEntries(authorization.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
      expect(outsider.logins()).toBe(before + 2);
      const { access_token, id_token } = await tokens(await browser.go(path));
      const { auth_time } = decodeJwt(id_token) as { readonly auth_time: number };
      expect(secondsNow() - auth_time).toBeLessThan(120);
      expect(decodeJwt(access_token)).toMatchObject({ auth_time, amr: ['fed'] });
    },
  );

  test('is refused where the issuer asked long ago, or does not say when, and another way is open', async () => {
    const refused = { status: 401, text: expect.stringContaining('the other side did not say that you did') };
    const cookies = new Map<string, string>();
    await signIn({ cookies });
    expect(await signIn({ asked: fresh, cookies, mishear: deaf })).toMatchObject(refused);
    const stranger = { sub: newUuid(), email: `${newUuid()}@example.com`, email_verified: true };
    outsider.become(stranger, 3_600);
    const { browser, at, path } = await goThere({ asked: fresh });
    expect(await browser.go(path)).toMatchObject(refused);
    expect(await accountsWith(stranger.email)).toEqual([]);
    expect((await browser.go(at)).text).toContain('Send me a link');
  });

  test('may be older by what clocks differ, and is none of tomorrow', async () => {
    const who = { sub, email, email_verified: true };
    outsider.become(who, 20);
    expect(await signedIn({ asked: fresh })).toMatchObject({ needsStepUp: false });
    outsider.become(who, -86_400);
    const { access } = await signedIn({ asked: fresh });
    expect(access['auth_time']).toBeLessThanOrEqual(secondsNow());
  });

  test('alone is enough for what is never undone: a browser that the issuer knows is not', async () => {
    const plain = await signedIn();
    expect(plain.needsStepUp).toBe(true);
    expect(plain.access).not.toHaveProperty('auth_time');
    outsider.become({ sub, email, email_verified: true }, 3_600);
    const told = await signedIn({ mishear: talkative });
    expect(told.needsStepUp).toBe(true);
    expect(secondsNow() - (told.access['auth_time'] as number)).toBeGreaterThanOrEqual(3_600);
    outsider.become({ sub, email, email_verified: true });
    expect((await signedIn({ asked: fresh })).needsStepUp).toBe(false);
  });
});
