import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { newUuid } from '@marquee/kernel';
import { parseRole, roles, scopesOf } from './roles.ts';
import { createViewerVerifier, serviceViewer, signViewer, verifyViewer, type Viewer } from './viewer.ts';

const secret = 'a secret of at least thirty-two characters';
const viewer: Viewer = {
  subject: 'acc_1',
  organisationId: newUuid(),
  role: 'GUEST',
  scopes: ['catalogue:read'],
  email: 'ü@b.example',
};

/** A rightly signed header around any payload. */
function signed(payload: unknown): string {
  const encoded = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString(
    'base64url',
  );
  const signature = createHmac('sha256', secret).update(`marquee-viewer-v1.${encoded}`).digest('base64url');
  return `${encoded}.${signature}`;
}

test('what was signed is what is verified, for a minute', () => {
  const nowMs = 1_800_000_000_000;
  const header = signViewer(viewer, secret, nowMs);
  expect(verifyViewer(header, secret, nowMs)).toEqual({ ok: true, viewer });
  expect(verifyViewer(header, secret, nowMs + 60_000)).toEqual({ ok: true, viewer });
  expect(verifyViewer(header, secret, nowMs + 60_001)).toEqual({ ok: false, reason: 'expired' });
});

test('clocks may differ by seconds, not by minutes', () => {
  const header = signViewer(viewer, secret, Date.now() + 3_000);
  expect(verifyViewer(header, secret).ok).toBe(true);
  expect(verifyViewer(signViewer(viewer, secret, Date.now() + 60_000), secret)).toMatchObject({
    reason: 'expired',
  });
});

test('a changed payload or another secret is forged', () => {
  const [payload, signature] = signViewer(viewer, secret).split('.');
  const owner = Buffer.from(JSON.stringify({ viewer: { ...viewer, role: 'OWNER' }, issuedAtMs: Date.now() }));
  expect(verifyViewer(`${owner.toString('base64url')}.${signature}`, secret)).toMatchObject({
    reason: 'forged',
  });
  expect(verifyViewer(`${payload}.AAAA`, secret)).toMatchObject({ reason: 'forged' });
  expect(verifyViewer(`${payload}.${signature}`, `${secret}!`)).toMatchObject({ reason: 'forged' });
});

test('while the secret is exchanged a service that signs with either is believed; with the old one no more after', () => {
  const next = 'another secret of at least thirty-two characters';
  const [before, between, after] = [secret, `${next},${secret}`, next];
  const headers = [before, between, after].map((secrets) => signViewer(viewer, secrets));
  const judge = (secrets: string) => headers.map((header) => createViewerVerifier(secrets)(header).ok);
  expect(judge(`${secret},${next}`)).toEqual([true, true, true]);
  expect(judge(between)).toEqual([true, true, true]);
  expect(judge(after)).toEqual([false, true, true]);
});

test('no header, several headers and headers of another form are refused', () => {
  expect(verifyViewer(undefined, secret)).toEqual({ ok: false, reason: 'missing' });
  expect(verifyViewer('', secret)).toEqual({ ok: false, reason: 'missing' });
  for (const header of [['a.b', 'a.b'], 'a', 'a.b.c', '.', 'a.']) {
    expect(verifyViewer(header, secret)).toEqual({ ok: false, reason: 'malformed' });
  }
});

test('a signed payload that is no viewer is refused', () => {
  const issuedAtMs = Date.now();
  const payloads = [
    'no json',
    {},
    { viewer, issuedAtMs: 'now' },
    { viewer: { ...viewer, role: 'KING' }, issuedAtMs },
    { viewer: { ...viewer, organisationId: 'none' }, issuedAtMs },
    { viewer: { ...viewer, subject: 1 }, issuedAtMs },
    { viewer: { ...viewer, scopes: [1] }, issuedAtMs },
    { viewer: { ...viewer, scopes: 'all' }, issuedAtMs },
  ];
  for (const payload of payloads)
    expect(verifyViewer(signed(payload), secret)).toMatchObject({ reason: 'malformed' });
});

test('a service asks within one organisation, under its own name', () => {
  const asking = serviceViewer('tickets', viewer.organisationId);
  expect(asking).toMatchObject({ subject: 'service:tickets', organisationId: viewer.organisationId });
  expect(verifyViewer(signViewer(asking, secret), secret).ok).toBe(true);
});

test('every role reads the catalogue, and only those who run the organisation manage it', () => {
  for (const role of roles) expect(scopesOf(role)).toContain('catalogue:read');
  const managers = roles.filter((role) => scopesOf(role).some((scope) => scope.endsWith(':manage')));
  expect(managers).toEqual(['OWNER', 'ORGANISER']);
  expect(parseRole('box-office')).toBe('BOX_OFFICE');
  expect(parseRole('king')).toBeNull();
});
