import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { decodeJwt } from 'jose';
import { TOTP, Secret } from 'otpauth';
import { createWorld, serveForTest, type World } from '../harness.test-support.ts';
import { createPasskey } from './authenticator.test-support.ts';
import {
  beginSignIn,
  createBrowser,
  givenOwner,
  password,
  publicUrl,
  type Reply,
} from './browser.test-support.ts';
import { secondFactorAcr } from './sign-in.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
// Codes change every thirty seconds: of one moment, or a slow machine sees others than it computed.
const moment = Date.now();
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest({ ...world.services, clock: { now: () => new Date(moment) } });
  await eventually(async () => expect((await fetch(`${graph.url}/oidc/jwks`)).status).toBe(200));
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const given = () => givenOwner(world, graph.url);
const isSignedIn = ({ path }: Reply) => path.startsWith('/explorer?') && path.includes('code=');

describe('a second step', () => {
  test('is set up where the organisation asks for it, and asked for from then on; a code counts once', async () => {
    const { browser, owner, viewer } = await given();
    const policy = `mutation { updateOrganisation(input: { secondFactorRoles: [OWNER] }) { __typename } }`;
    await graph.ask(viewer, policy);
    const signing = await beginSignIn(browser);
    const enrol = await browser.go(`${signing.at}/password`, { email: owner.email, password });
    const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(enrol.text)![1]!;
    const code = (steps: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: moment + steps * 30_000 });
    const good = [-2, -1, 0, 1, 2].map(code);
    const wrong = ['000000', '000001', '000002', '000003', '000004', '000005'].find(
      (each) => !good.includes(each),
    )!;
    expect((await browser.go(`${signing.at}/enrol`, { code: wrong })).text).toContain('not right');
    const recovery = await browser.go(`${signing.at}/enrol`, { code: code(-1) });
    const codes = [...recovery.text.matchAll(/<code>([a-z0-9-]{11})<\/code>/g)].map((match) => match[1]!);
    expect(codes).toHaveLength(10);
    expect(isSignedIn(await browser.go(signing.at))).toBe(true);

    const again = async (given: string) => {
      const other = createBrowser(graph.url);
      const { at, tokens } = await beginSignIn(other);
      const page = await other.go(`${at}/password`, { email: owner.email, password });
      expect(page.text).toContain('Second step');
      const end = await other.go(`${at}/code`, { code: given });
      return isSignedIn(end) ? decodeJwt((await tokens(end)).access_token) : null;
    };
    expect(await again(code(-1))).toBeNull();
    expect(await again(codes[0]!.toUpperCase())).not.toBeNull();
    expect(await again(codes[0]!)).toBeNull();
    expect(await again(code(0))).toMatchObject({ role: 'OWNER' });
    const { data } = await graph.ask(viewer, '{ myCredentials { hasAuthenticator recoveryCodes } }');
    expect(data.myCredentials).toEqual({ hasAuthenticator: true, recoveryCodes: 9 });
  });
});

describe('by passkey', () => {
  /** Adds one to the account, and again, which must not work. */
  async function givenPasskey(viewer: Viewer) {
    const passkey = createPasskey(publicUrl);
    const { data } = await graph.ask(viewer, 'mutation { beginPasskey { ... on PasskeyBegun { options } } }');
    const add = `mutation ($input: AddPasskeyInput!) { addPasskey(input: $input) {
      __typename ... on CredentialsChanged { credentials { passkeys { name } } } } }`;
    const input = { name: 'phone', credential: passkey.create(JSON.parse(data.beginPasskey.options)) };
    const added = await graph.ask(viewer, add, { input });
    expect(added.data.addPasskey).toMatchObject({ credentials: { passkeys: [{ name: 'phone' }] } });
    expect((await graph.ask(viewer, add, { input })).data.addPasskey.__typename).toBe('ProofInvalid');
    return passkey;
  }
  const options = (text: string) =>
    JSON.parse(/data-options="([^"]*)"/.exec(text)![1]!.replaceAll('&quot;', '"')) as { challenge: string };

  test('a passkey that was added signs in; its challenge counts once and for one browser', async () => {
    const { browser, viewer } = await given();
    const passkey = await givenPasskey(viewer);
    const signing = await beginSignIn(browser);
    const credential = passkey.get(options(signing.page.text));
    const elsewhere = createPasskey('https://evil.example');
    expect(
      (await browser.go(`${signing.at}/passkey`, { credential: elsewhere.get(options(signing.page.text)) }))
        .status,
    ).toBe(401);
    // The challenge went with the try that failed.
    expect((await browser.go(`${signing.at}/passkey`, { credential })).status).toBe(401);
    const page = await browser.go(signing.at);
    const end = await browser.go(`${signing.at}/passkey`, { credential: passkey.get(options(page.text)) });
    expect(isSignedIn(end)).toBe(true);
  });

  test('an application that asks for a second factor has a password followed by the passkey, if there is one', async () => {
    const { browser, viewer, owner } = await given();
    const asked = { acr_values: secondFactorAcr, max_age: '600' };
    const byPassword = async () => {
      const signing = await beginSignIn(browser, asked);
      const page = await browser.go(`${signing.at}/password`, { email: owner.email, password });
      return { signing, page };
    };
    const without = await byPassword();
    const first = decodeJwt((await without.signing.tokens(without.page)).access_token);
    expect(first).toMatchObject({ amr: ['pwd'], auth_time: expect.any(Number) });

    const passkey = await givenPasskey(viewer);
    const { signing, page } = await byPassword();
    expect(page.text).toContain('use your passkey');
    const end = await browser.go(`${signing.at}/passkey`, { credential: passkey.get(options(page.text)) });
    const { access_token, id_token } = await signing.tokens(end);
    expect(decodeJwt(access_token)).toMatchObject({ amr: ['hwk'], sub: first.sub });
    expect(decodeJwt(access_token)['sid']).not.toBe(first['sid']);
    expect(decodeJwt(id_token)).toMatchObject({ acr: secondFactorAcr, auth_time: expect.any(Number) });
    // Who is not asked is signed in as before.
    const plain = await beginSignIn(browser);
    expect(isSignedIn(await browser.go(`${plain.at}/password`, { email: owner.email, password }))).toBe(true);
  });
});
