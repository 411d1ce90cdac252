import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeApiKey, scopesOf } from '@marquee/subgraph';
import { createLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import {
  ask,
  internalSecret,
  organisationId,
  otherOrganisationId,
  startFakePlatform,
  venueId,
  type FakePlatform,
} from '../fake-platform.test-support.ts';
import {
  attacks,
  forgeries,
  honest,
  secretOfClient,
  sendRaw,
  slowBody,
  type Target,
} from './attacks.test-support.ts';
import { identitySchema, startFakeIdentity, type FakeIdentity } from './fake-identity.test-support.ts';

/** What each costs in processor time is measured by `npm run bench -- abuse`: a test would only measure its machine. */
let platform: FakePlatform;
let target: Target;
let identity: FakeIdentity;
const logged: string[] = [];
const sent: string[] = [];

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  const publicUrl = 'http://localhost:4000';
  identity = await startFakeIdentity(`${publicUrl}/oidc`);
  platform = await startFakePlatform(
    {
      publicUrl,
      serviceUrls: new Map([['identity', identity.service.url]]),
      logger: createLogger({ service: 'gateway', level: 'debug', destination }),
      requestTimeoutMs: 3_000,
    },
    { identity: identitySchema },
  );
  target = { url: `${platform.gateway.url}/graphql`, token: await platform.issuer.sign() };
});

afterAll(async () => {
  await platform?.stop();
  await identity?.service.drain();
});

test.each(attacks)(
  '$name is refused with $status $code, and no service is asked',
  async ({ status, code, send }) => {
    const seen = platform.behaviour.viewers.length;
    const reply = await send(target);
    expect({ status: reply.status, code: /"code":"(\w+)"/.exec(reply.text)?.[1] }).toEqual({ status, code });
    // One answer: what was hidden behind the first request was not taken for a second.
    expect(reply.text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
    expect(reply.text).not.toContain(secretOfClient);
    expect(platform.behaviour.viewers).toHaveLength(seen);
  },
);

test('a body that never ends is cut off', async () => {
  const reply = await slowBody.send(target);
  expect([reply.status, reply.text]).toEqual([slowBody.status, expect.stringContaining(slowBody.code)]);
});

test('a stolen token is of no use for another organisation, nor once it has expired', async () => {
  const { issuer, gateway } = platform;
  const stolen = await issuer.sign({ org: otherOrganisationId }, { header: { kid: 'nobody' } });
  const expired = await issuer.sign({ exp: Math.floor(Date.now() / 1000) - 60 });
  const elsewhere = await issuer.sign({ aud: 'another graph' });
  sent.push(stolen, expired, elsewhere);
  for (const token of [stolen, expired, elsewhere]) {
    expect((await ask(gateway, '{ whoAmI }', { token })).status).toBe(401);
  }
});

test('a session that was revoked is refused within a second, others of the same account are not', async () => {
  const { gateway } = platform;
  const [revoked, other] = [await identity.sign({ sid: 'sis_1' }), await identity.sign({ sid: 'sis_2' })];
  sent.push(revoked, other);
  const statusOf = async (token: string) => (await ask(gateway, '{ whoAmI }', { token })).status;
  expect(await statusOf(revoked)).toBe(200);
  const revokedAt = new Date().toISOString();
  identity.revocations.push({ kind: 'session', subject: 'sis_1', organisationId, revokedAt });
  await eventually(async () => expect(await statusOf(revoked)).toBe(401));
  expect(await statusOf(other)).toBe(200);
});

test('a key of another organisation is that one there, and nobody here; a revoked one is nobody at all', async () => {
  const { gateway } = platform;
  const [key, revoked] = [makeApiKey(randomBytes), makeApiKey(randomBytes)];
  sent.push(key, revoked);
  const viewer = {
    subject: 'key_1',
    organisationId: otherOrganisationId,
    role: 'OWNER' as const,
    scopes: scopesOf('OWNER'),
  };
  identity.apiKeys.set(key, { viewer, networks: null });
  const whoAmI = await ask(gateway, '{ whoAmI }', { token: key });
  expect(whoAmI.body.data).toEqual({ whoAmI: `OWNER of ${otherOrganisationId}` });
  const mine = `{ node(id: "${venueId}") { ... on Venue { name takings } } }`;
  expect((await ask(gateway, mine, { token: key })).body.data).toEqual({ node: null });
  // What a caller says of its organisation itself is nobody's word.
  const headers = { 'x-marquee-viewer': 'me', 'x-organisation-id': organisationId };
  expect((await ask(gateway, mine, { token: key, headers })).body.data).toEqual({ node: null });
  expect((await ask(gateway, '{ whoAmI }', { token: revoked })).status).toBe(401);
});

test('after all of it the gateway answers as before, and nothing secret was logged', async () => {
  expect((await honest(target)).status).toBe(200);
  const answer = await ask(platform.gateway, '{ venues { name } }', { token: target.token });
  expect(answer.body).toEqual({ data: { venues: [{ name: 'Lyceum' }] } });
  await ask(platform.gateway, '{ broken }', { token: target.token });
  await sendRaw(target, [
    `GET /graphql?query={__typename}&token=${secretOfClient} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncookie: session=${secretOfClient}\r\n\r\n`,
  ]);
  const log = logged.join('');
  // The log was indeed kept.
  expect(log).toContain('gateway is listening');
  const secrets = [
    ...[target.token, ...sent, ...Object.values(forgeries).map((forge) => forge(target.token))],
    ...[secretOfClient, internalSecret],
  ];
  // A part is enough to be one too many: signatures are what makes a token.
  for (const secret of secrets) expect(log.includes(secret.slice(-24))).toBe(false);
});
