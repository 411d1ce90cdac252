import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErasureReport, Question } from '@marquee/contracts';
import { decodeId, newUuid } from '@marquee/kernel';
import type { Messaging } from '@marquee/messaging';
import { carryOutDue } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { compactVerify } from 'jose';
import { guestEntity } from '../guests/guest.entity.ts';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { carryOutPrivacy } from './carry-out-privacy.ts';

const organisationId = newUuid();
const owner = viewerOf(organisationId, 'OWNER');
const keys = generateKeyPairSync('ed25519');
const report: ErasureReport = {
  erasedAt: '2027-03-20T19:00:00.000Z',
  erased: [{ what: 'name and address of the buyer', count: 1 }],
  kept: [{ what: 'invoices', count: 2, because: 'the law' }],
  ledger: { before: [], after: [] },
};
/** What other services say, by question; null where the news has not reached them. */
const answers = new Map<string, unknown>();
let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;

beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph?.drain();
  await db?.drop();
});

let laterMs = 0;
const ask = (async ({ name }: Question) => answers.get(name)) as unknown as Messaging['ask'];
const work = () =>
  carryOutDue(db.database, {
    sagas: [carryOutPrivacy({ database: db.database, messaging: { ask }, key: keys.privateKey })],
    logger: silentLogger,
    clock: { now: () => new Date(Date.now() + laterMs) },
  });
function passDays(days: number): void {
  laterMs += days * 86_400_000;
}

const request = 'request { id kind status completedAt progress { service answeredAt } archive certificate }';
const exportDocument = `mutation ($input: ExportGuestDataInput!) { exportGuestData(input: $input) {
  __typename ... on GuestDataExportStarted { ${request} } ... on Refusal { message } } }`;
const eraseDocument = `mutation ($input: EraseGuestInput!) { eraseGuest(input: $input) {
  __typename ... on GuestErased { ${request} } ... on Refusal { message } } }`;
const nodeDocument = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on PrivacyRequest { kind status archive certificate progress { service answeredAt } } } }`;

async function register(email: string): Promise<string> {
  const { data } = await graph.ask(owner, registerDocument, { input: { email, name: 'Ada Lovelace' } });
  return data.registerGuest.guestId;
}
async function read(id: string, viewer = owner) {
  const representations = [{ __typename: 'PrivacyRequest', id }];
  return (await graph.ask(viewer, nodeDocument, { representations })).data._entities[0];
}

describe('a copy of all that is known of a person', () => {
  test('is gathered from every service, readable for a week by who may manage guests', async () => {
    answers.set('tickets.personal-copy.v1', { data: { orders: [{ number: 'MQ-7' }] } });
    answers.set('hub.personal-copy.v1', { data: {} });
    const guestId = await register('ada@example.com');
    const { data } = await graph.ask(owner, exportDocument, { input: { guestId } });
    expect(data.exportGuestData).toMatchObject({
      __typename: 'GuestDataExportStarted',
      request: { kind: 'EXPORT', status: 'RUNNING', archive: null, certificate: null },
    });
    await work();
    const { id } = data.exportGuestData.request;
    const done = await read(id);
    expect(done).toMatchObject({ status: 'DONE', certificate: null });
    expect(JSON.parse(done.archive)).toMatchObject({
      guestId: decodeId('Guest', guestId),
      services: {
        guests: { profile: { name: 'Ada Lovelace', email: 'ada@example.com' }, consents: [] },
        hub: {},
        tickets: { orders: [{ number: 'MQ-7' }] },
      },
    });
    expect(await read(id, viewerOf(organisationId, 'SCANNER'))).toBeNull();
    expect(await read(id, viewerOf(newUuid(), 'OWNER'))).toBeNull();
    passDays(8);
    await work();
    expect(await read(id)).toMatchObject({ status: 'DONE', archive: null });
  });

  test('is for the person and the organisation alone', async () => {
    const guestId = await register('bob@example.com');
    const asked = (viewer: typeof owner) => graph.ask(viewer, exportDocument, { input: { guestId } });
    const stranger = await asked(viewerOf(organisationId, 'GUEST', 'eve@example.com'));
    expect(stranger.data.exportGuestData.__typename).toBe('NotFound');
    const own = await asked(viewerOf(organisationId, 'GUEST', 'bob@example.com'));
    expect(own.data.exportGuestData.__typename).toBe('GuestDataExportStarted');
  });
});

describe('an erasure', () => {
  test('is certified once every service has erased, and not before', async () => {
    const guestId = await register('cleo@example.com');
    await graph.ask(owner, exportDocument, { input: { guestId } });
    answers.set('tickets.erasure.v1', { report: null });
    answers.set('hub.erasure.v1', { report });
    const { data } = await graph.ask(owner, eraseDocument, { input: { guestId } });
    const { id } = data.eraseGuest.request;
    await work();
    const half = await read(id);
    expect(half).toMatchObject({ kind: 'ERASURE', status: 'RUNNING', certificate: null });
    expect(half.progress).toEqual([
      { service: 'guests', answeredAt: expect.any(String) },
      { service: 'hub', answeredAt: expect.any(String) },
      { service: 'tickets', answeredAt: null },
    ]);
    answers.set('tickets.erasure.v1', { report });
    passDays(1);
    await work();
    const { status, certificate } = await read(id);
    expect(status).toBe('DONE');
    const { payload, protectedHeader } = await compactVerify(certificate, keys.publicKey);
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'marquee-erasure+jws' });
    const certified = JSON.parse(Buffer.from(payload).toString('utf8'));
    expect(certified).toMatchObject({
      organisationId,
      guestId: decodeId('Guest', guestId),
      services: { tickets: report, hub: report, guests: { ledger: null } },
    });
    expect(JSON.stringify(certified)).not.toMatch(/cleo|Lovelace/);
  });

  test('takes the copies that were made of what it erases, and is answered the same again', async () => {
    const guestId = await register('dora@example.com');
    const exported = await graph.ask(owner, exportDocument, { input: { guestId } });
    await work();
    expect((await read(exported.data.exportGuestData.request.id)).archive).toContain('dora@example.com');
    const first = await graph.ask(owner, eraseDocument, { input: { guestId } });
    expect((await read(exported.data.exportGuestData.request.id)).archive).toBeNull();
    await work();
    const again = await graph.ask(owner, eraseDocument, { input: { guestId } });
    expect(again.data.eraseGuest.request.id).toBe(first.data.eraseGuest.request.id);
    const tables = await db.database.read(owner, (tx) =>
      tx.rows<{ found: boolean }>(
        `select exists (select from privacy_request t where t::text ilike '%dora@%') or
           exists (select from privacy_answer t where t::text ilike '%dora@%') or
           exists (select from saga t where t::text ilike '%dora@%') as found`,
      ),
    );
    expect(tables).toEqual([{ found: false }]);
    const refused = await graph.ask(owner, exportDocument, { input: { guestId } });
    expect(refused.data.exportGuestData.__typename).toBe('NotFound');
  });
});
