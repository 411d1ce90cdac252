import { rmSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { scopesOf } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { claims, createIssuer, organisationId, type Issuer } from '../fake-platform.test-support.ts';
import { createTokenVerifier } from './verify-tokens.ts';

let issuer: Issuer;
let nowMs: number;

beforeEach(async () => {
  issuer = await createIssuer();
  nowMs = Date.now();
});

const verifier = () =>
  createTokenVerifier(
    {
      development: { jwksFile: issuer.jwksFile, issuer: 'tests' },
      audience: 'marquee',
      now: () => nowMs,
    },
    silentLogger,
  );

test('a verified token names the viewer, with its role in the form a token may use', async () => {
  const token = await issuer.sign({ role: 'box-office', email: 'a@b.example', name: 'Ada' });
  expect(await verifier().verify(token)).toEqual({
    ok: true,
    viewer: {
      subject: 'acc_1',
      organisationId,
      role: 'BOX_OFFICE',
      scopes: scopesOf('GUEST'),
      email: 'a@b.example',
      name: 'Ada',
    },
  });
});

test("a token that names no scopes has its role's", async () => {
  const { scopes: _left, ...rest } = claims;
  const token = await issuer.sign({ ...rest, scopes: undefined, role: 'SCANNER' });
  expect(await verifier().verify(token)).toMatchObject({ ok: true, viewer: { scopes: scopesOf('SCANNER') } });
});

test('a token of an order names that order; one whose order is no id is refused', async () => {
  const orderId = newUuid();
  expect(await verifier().verify(await issuer.sign({ order: orderId }))).toMatchObject({
    ok: true,
    viewer: { orderId },
  });
  for (const order of ['', 'every', [orderId], null])
    expect((await verifier().verify(await issuer.sign({ order }))).ok).toBe(false);
});

test('a token that was once good is refused when it expires', async () => {
  const tokens = verifier();
  const token = await issuer.sign({ exp: Math.floor(nowMs / 1000) + 30 });
  expect((await tokens.verify(token)).ok).toBe(true);
  nowMs += 29_000;
  expect((await tokens.verify(token)).ok).toBe(true);
  nowMs += 10_000;
  expect(await tokens.verify(token)).toEqual({ ok: false, message: 'The token has expired.' });
});

test('a new key of the issuer is taken without a restart, and the file is not read for every unknown key', async () => {
  const tokens = verifier();
  expect((await tokens.verify(await issuer.sign())).ok).toBe(true);
  const token = await issuer.sign({}, { key: await issuer.addKey('second'), header: { kid: 'second' } });
  expect((await tokens.verify(token)).ok).toBe(false);
  nowMs += 6_000;
  expect((await tokens.verify(token)).ok).toBe(true);
});

test('a removed key stops working within a minute or so', async () => {
  const tokens = verifier();
  const token = await issuer.sign();
  expect((await tokens.verify(token)).ok).toBe(true);
  writeFileSync(issuer.jwksFile, '{"keys":[]}');
  nowMs += 61_000;
  expect((await tokens.verify(token)).ok).toBe(false);
});

test('a missing key file is a fault of ours, not of the token', async () => {
  rmSync(issuer.jwksFile);
  await expect(verifier().verify(await issuer.sign())).rejects.toThrow(/ENOENT/);
});
