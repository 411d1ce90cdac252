import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId, encodeId } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { scopesOf } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import {
  createWorld,
  givenMember,
  givenOrganisation,
  givenPerson,
  mailedToken,
  mailsTo,
  serveForTest,
  sessionsOf,
  viewerOf,
  type World,
} from '../harness.test-support.ts';
import { recentRevocations } from '../sessions/revocations.ts';
import {
  beginSignIn,
  createBrowser,
  givenOwner,
  password,
  publicUrl,
  refresh,
  tokensFor,
  type Reply,
} from './browser.test-support.ts';
import { storePassword } from './passwords.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
  await eventually(async () => expect((await fetch(`${graph.url}/oidc/jwks`)).status).toBe(200));
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const given = () => givenOwner(world, graph.url);

async function signIn(more: Record<string, string> = {}) {
  const known = await given();
  const signing = await beginSignIn(known.browser, more);
  const end = await known.browser.go(`${signing.at}/password`, { email: known.owner.email, password });
  return { ...known, signing, end };
}

const jwks = async () => (await (await fetch(`${graph.url}/oidc/jwks`)).json()) as JSONWebKeySet;
const verify = async (token: string) =>
  jwtVerify(token, createLocalJWKSet(await jwks()), {
    issuer: `${publicUrl}/oidc`,
    audience: 'marquee',
    algorithms: ['EdDSA'],
  });
const isSignedIn = ({ path }: Reply) => path.startsWith('/explorer?') && path.includes('code=');

describe('by password', () => {
  test('ends in a short-lived token of the organisation, signed with EdDSA, and a session that is listed', async () => {
    const { owner, organisationId, signing, end, viewer } = await signIn();
    expect(isSignedIn(end)).toBe(true);
    const { access_token, id_token } = await signing.tokens(end);
    const { payload, protectedHeader } = await verify(access_token);
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    expect(payload).toMatchObject({
      sub: encodeId('Account', owner.accountId),
      org: organisationId,
      role: 'OWNER',
      scopes: scopesOf('OWNER'),
      email: owner.email,
      sid: expect.stringMatching(/^sis_/),
    });
    expect(payload.exp! - payload.iat!).toBe(300);
    expect(decodeProtectedHeader(id_token).alg).toBe('EdDSA');
    const { data } = await graph.ask(viewer, '{ mySessions { edges { node { id methods address } } } }');
    expect(data.mySessions.edges).toEqual([
      { node: { id: payload['sid'], methods: ['pwd'], address: '198.51.100.7' } },
    ]);
  });

  test('tells nobody which addresses have an account, and stops guessing after ten tries', async () => {
    const { browser, owner } = await given();
    const { at } = await beginSignIn(browser);
    const shown = async (email: string) => {
      const { status, text } = await browser.go(`${at}/password`, { email, password: 'not the right one' });
      return { status, alert: /role="alert">([^<]*)/.exec(text)?.[1] };
    };
    const known = await shown(owner.email);
    expect(known).toEqual({ status: 401, alert: expect.stringContaining('not right') });
    expect(await shown('nobody@example.com')).toEqual(known);
    const tries = await Promise.all(Array.from({ length: 12 }, () => shown(owner.email)));
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(3);
    const right = await browser.go(`${at}/password`, { email: owner.email, password });
    expect(right.status).toBe(429);
  });

  test('another browser cannot go on with a sign-in, nor can a page of another site', async () => {
    const { browser, owner } = await given();
    const { at } = await beginSignIn(browser);
    const form = { email: owner.email, password };
    expect((await createBrowser(graph.url).go(`${at}/password`, form)).status).toBe(400);
    const foreign = await browser.go(`${at}/password`, form, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(400);
    expect((await browser.go(at)).text).toContain('Sign in');
  });

  test('the page runs no script but its own and is framed by nobody', async () => {
    const { page } = await beginSignIn((await given()).browser);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.text).toMatch(/<label for="email">/);
  });
});

describe('refresh tokens', () => {
  test('are exchanged once; one that comes again ends the whole family and its session', async () => {
    const { signing, end, browser, owner } = await signIn();
    const first = await signing.tokens(end);
    const second = await refresh(browser, first.refresh_token);
    expect(decodeJwt(second.access_token)['sid']).toBe(decodeJwt(first.access_token)['sid']);
    expect((await refresh(browser, first.refresh_token)).error).toBe('invalid_grant');
    expect((await refresh(browser, second.refresh_token)).error).toBe('invalid_grant');
    const subject = decodeId('SignInSession', String(decodeJwt(first.access_token)['sid']));
    expect(await recentRevocations(world.services.database, 60)).toContainEqual(
      expect.objectContaining({ kind: 'session', subject }),
    );
    const { rows } = await sessionsOf(world, owner.accountId);
    expect(rows[0]).toMatchObject({ because: 'token-reused' });
  });

  test('say what holds now: a member whose rights changed, a session that was revoked', async () => {
    const { signing, end, browser, organisationId, owner, viewer } = await signIn();
    const tokens = await signing.tokens(end);
    const second = await givenMember(world.services, organisationId, { role: 'OWNER' });
    const members = await graph.ask(
      viewer,
      '{ organisation { members { edges { node { id account { email } } } } } }',
    );
    const { node } = members.data.organisation.members.edges.find(
      (edge: { node: { account: { email: string } } }) => edge.node.account.email === owner.email,
    );
    const input = { membershipId: node.id, role: 'SCANNER', eventIds: [encodeId('Event', owner.accountId)] };
    const change = `mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { __typename } }`;
    await graph.ask(second.viewer, change, { input });
    const refreshed = await refresh(browser, tokens.refresh_token);
    expect(decodeJwt(refreshed.access_token)).toMatchObject({ role: 'SCANNER', eventIds: [owner.accountId] });
    const sessionId = decodeJwt(tokens.access_token)['sid'];
    const revoke = `mutation ($sessionId: ID!) { revokeSession(sessionId: $sessionId) { __typename } }`;
    const stranger = await givenOrganisation(world.services);
    expect((await graph.ask(stranger.viewer, revoke, { sessionId })).data.revokeSession.__typename).toBe(
      'NotFound',
    );
    expect((await graph.ask(viewer, revoke, { sessionId })).data.revokeSession.__typename).toBe(
      'SessionRevoked',
    );
    expect((await refresh(browser, refreshed.refresh_token)).error).toBe('invalid_grant');
  });

  test('are nothing to who does not have the verifier of the code, and a code counts once', async () => {
    const { signing, end, browser } = await signIn();
    const code = new URLSearchParams(end.path.split('?')[1]).get('code')!;
    const stolen = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${publicUrl}/explorer`,
      code_verifier: 'x'.repeat(43),
    };
    expect((await tokensFor(browser, stolen)).error).toBe('invalid_grant');
    const fresh = await signIn();
    await fresh.signing.tokens(fresh.end);
    expect((await fresh.signing.tokens(fresh.end)).error).toBe('invalid_grant');
    expect(signing.uid).toBeTruthy();
  });
});

describe('by mail', () => {
  test('a link signs in, once, in the browser in which it was asked for', async () => {
    const { browser, owner } = await given();
    const { at } = await beginSignIn(browser);
    const asked = await browser.go(`${at}/mail`, { email: owner.email });
    const unknown = await browser.go(`${at}/mail`, { email: 'nobody@example.com' });
    expect(unknown.text.replaceAll(/nonce[^>]*/g, '')).toBe(asked.text.replaceAll(/nonce[^>]*/g, ''));
    expect(await mailsTo(world.services, 'nobody@example.com')).toEqual([]);
    const token = await mailedToken(world.services, owner.email);
    expect((await createBrowser(graph.url).go(`${at}/link`, { token })).status).toBe(400);
    // What looks into mails follows links: that alone uses nothing up.
    expect((await browser.go(`${at}/link?token=${token}`)).text).toContain(token);
    expect(isSignedIn(await browser.go(`${at}/link`, { token }))).toBe(true);
    expect(isSignedIn(await browser.go(`${at}/link`, { token }))).toBe(false);
  });

  test('an account is made by the link alone, with a password that no leaked list holds, and founds an organisation', async () => {
    const browser = createBrowser(graph.url);
    const signing = await beginSignIn(browser);
    const { at } = signing;
    const joining = { name: 'Ada', email: 'ada@join.example', password: 'password123' };
    expect((await browser.go(`${at}/join`, joining)).text).toContain('leaked lists');
    await browser.go(`${at}/join`, { ...joining, password: 'an unlikely pass phrase' });
    const count = async () =>
      (
        await world.services.database.read(systemScope, (tx) =>
          tx.rows(`select from account where email = 'ada@join.example'`),
        )
      ).length;
    expect(await count()).toBe(0);
    const token = await mailedToken(world.services, joining.email);
    const where = await browser.go(`${at}/link`, { token });
    expect(await count()).toBe(1);
    expect(where.text).toContain('Start an organisation');
    const end = await browser.go(`${at}/found`, { name: 'Ada Productions' });
    expect(decodeJwt((await signing.tokens(end)).access_token)).toMatchObject({
      role: 'OWNER',
      email: joining.email,
    });
  });

  test('who is no member signs in as the guest of the organisation that the application names', async () => {
    const { organisationId } = await givenOrganisation(world.services);
    const person = await givenPerson(world.services);
    await storePassword(world.services.database, person.accountId, password);
    const browser = createBrowser(graph.url);
    const signing = await beginSignIn(browser, { organisation: encodeId('Organisation', organisationId) });
    const end = await browser.go(`${signing.at}/password`, { email: person.email, password });
    expect(decodeJwt((await signing.tokens(end)).access_token)).toMatchObject({
      role: 'GUEST',
      org: organisationId,
    });
  });
});

test('a new password ends the other sessions, and needs the old one', async () => {
  const { signing, end, viewer } = await signIn();
  await signing.tokens(end);
  const set = `mutation ($input: SetPasswordInput!) { setPassword(input: $input) { __typename ... on Refusal { message } } }`;
  const change = async (currentPassword: string | null, newPassword: string) =>
    (await graph.ask(viewer, set, { input: { currentPassword, newPassword } })).data.setPassword.__typename;
  expect(await change(null, 'quite another phrase')).toBe('ProofInvalid');
  expect(await change(password, 'iloveyou1')).toBe('InvalidInput');
  expect(await change(password, 'quite another phrase')).toBe('CredentialsChanged');
  const { data } = await graph.ask(viewer, '{ mySessions { edges { node { id } } } }');
  expect(data.mySessions.edges).toEqual([]);
  const program = await graph.ask(
    viewerOf(viewer.organisationId, 'OWNER'),
    '{ myCredentials { hasPassword } myAccount { id } }',
  );
  expect(program.data).toEqual({ myCredentials: null, myAccount: null });
});
