import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@marquee/telemetry';
import {
  ask,
  internalSecret,
  otherOrganisationId,
  startFakePlatform,
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

/** What each costs in processor time is measured by `npm run bench -- abuse`: a test would only measure its machine. */
let platform: FakePlatform;
let target: Target;
const logged: string[] = [];
const sent: string[] = [];

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  platform = await startFakePlatform({
    logger: createLogger({ service: 'gateway', level: 'debug', destination }),
    requestTimeoutMs: 1_000,
  });
  target = { url: `${platform.gateway.url}/graphql`, token: await platform.issuer.sign() };
}, 60_000);

afterAll(() => platform.stop());

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
}, 60_000);

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
