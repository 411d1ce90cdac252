import { createHash, generateKeyPairSync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Question, RequestOf } from '@marquee/contracts';
import { decodeId, newUuid } from '@marquee/kernel';
import type { Messaging } from '@marquee/messaging';
import { systemScope } from '@marquee/postgres';
import { carryOutDue } from '@marquee/sagas';
import { scopesOf, type Viewer } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { times } from '@marquee/testkit';
import { compactVerify } from 'jose';
import {
  createWorld,
  givenMember,
  givenOrganisation,
  givenSession,
  mailsTo,
  serveForTest,
  viewerOf,
  type Person,
  type World,
} from '../harness.test-support.ts';
import { verifyKey } from '../keys/verify-key.ts';
import { secondFactorAcr } from '../sign-in/sign-in.ts';
import { claimsOfGrant } from '../tokens/claims.ts';
import type { Business } from './ask-business.ts';
import { carryOutRemovals } from './carry-out-removal.ts';
import { publishers } from './removal.ts';

const keys = generateKeyPairSync('ed25519');
const idle: Business = { onSale: 0, openPayments: 0, openRefunds: 0, ledger: [], dues: [] };
const ledger = [{ currency: 'EUR', orders: 2, paidMinor: '5000', refundedMinor: '0' }];
let business: Business | null = { ...idle, ledger };
let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  const made = await createWorld();
  const removal = { ...made.services.removal, askBusiness: async () => business };
  world = { ...made, services: { ...made.services, removal } };
  graph = await serveForTest(world.services);
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

/** Organisations of which every service says that it has erased them. */
const erased = new Set<string>();
/** Services whose streams were to forget one; the first few are not done yet. */
let forgetting: string[] = [];
let laterMs = 0;
beforeEach(() => {
  business = { ...idle, ledger };
  laterMs = 0;
  forgetting = [];
});

const ask = (async (
  { name }: Question,
  request: RequestOf<Question>,
  { organisationId }: { organisationId: string },
) => {
  if (name.endsWith('organisation-erasure.v1'))
    return {
      report: erased.has(organisationId) ? { erasedAt: new Date().toISOString(), rows: { ticket: 2 } } : null,
    };
  if (name.endsWith('organisation-forgetting.v1')) {
    forgetting.push(name.split('.')[0]!);
    return { forgottenAt: forgetting.length > 3 ? new Date().toISOString() : null };
  }
  if (name !== 'tickets.organisation-copy.v1') return { table: null, rows: [], next: null };
  const { after } = request as { after: { key: string[] } | null };
  const n = Number(after?.key[0] ?? 0) + 1;
  return {
    table: 'ticket',
    rows: [`{"n":${n}}`],
    next: n < 50 ? { table: 'ticket', key: [String(n)] } : null,
  };
}) as unknown as Messaging['ask'];
/** All that is due by now, in no time: what is to be tried again in a moment is not tried again by the same. */
const work = () => {
  const now = new Date(Date.now() + laterMs);
  return carryOutDue(world.services.database, {
    sagas: [carryOutRemovals({ ...world.services, messaging: { ask }, key: keys.privateKey })],
    logger: silentLogger,
    clock: { now: () => now },
  });
};

const removing = `mutation ($input: RemoveOrganisationInput!) { removeOrganisation(input: $input) { __typename
  ... on OrganisationRemovalStarted { organisation { removal { status erasesAt archive { url } } } }
  ... on OrganisationInBusiness { onSale openPayments openRefunds }
  ... on InvoicesUnpaid { invoices due { amountMinor currency } } ... on StepUpRequired { maxAgeSeconds acrValues } ... on Refusal { message } } }`;
const cancelling = `mutation ($input: CancelOrganisationRemovalInput!) { cancelOrganisationRemoval(input: $input) {
  __typename ... on OrganisationRemovalCancelled { organisation { removal { status } } } } }`;
const reading = `{ organisation { name removal { status erasesAt archive { url bytes sha256 } } } }`;
/** As somebody who has just signed in, unless another session is given. */
const remove = async (viewer: Viewer, { name = 'Northlight', sessionId = '' } = {}) => {
  const accountId = decodeId('Account', viewer.subject);
  const fresh =
    sessionId === '' && accountId ? (await givenSession(world.services, viewer, accountId)).sessionId : '';
  const asker = { ...viewer, sessionId: sessionId || fresh };
  return (await graph.ask(asker, removing, { input: { idempotencyKey: newUuid(), name } })).data
    ?.removeOrganisation;
};
const cancel = async (viewer: Viewer) =>
  (await graph.ask(viewer, cancelling, { input: { idempotencyKey: newUuid() } })).data
    .cancelOrganisationRemoval;
const read = async (viewer: Viewer) => (await graph.ask(viewer, reading)).data.organisation;
const fetchArchive = (url: string) => fetch(url.replace(world.services.publicUrl, graph.url));
const removedEvents = ({ organisationId }: { organisationId: string }) =>
  world.services.database.read({ organisationId }, (tx) =>
    tx.rows(`select from event_log where type = 'identity.organisation-removed.v1'`),
  );

async function scopesOfToken(organisationId: string, { accountId }: Person) {
  const { grantId } = await givenSession(world.services, { organisationId }, accountId);
  return claimsOfGrant(world.services.database, grantId);
}

describe('an organisation is removed', () => {
  test('by a full owner, who names it, and not while there is business', async () => {
    const { viewer, organisationId } = await givenOrganisation(world.services);
    expect(await remove(viewer, { name: 'Southlight' })).toMatchObject({ __typename: 'InvalidInput' });
    const program = { ...viewerOf(organisationId, 'OWNER') };
    expect(await remove(program)).toMatchObject({ __typename: 'NotOwner' });
    const limited = await givenMember(world.services, organisationId, {
      role: 'OWNER',
      scopes: ['organisation:manage'],
    });
    expect(await remove(limited.viewer)).toMatchObject({ __typename: 'NotOwner' });
    const organiser = await givenMember(world.services, organisationId, { role: 'ORGANISER' });
    expect(await remove(organiser.viewer)).toBeUndefined();
    business = { ...idle, onSale: 2 };
    expect(await remove(viewer)).toMatchObject({
      __typename: 'OrganisationInBusiness',
      onSale: 2,
      openRefunds: 0,
    });
    business = { ...idle, dues: [{ currency: 'EUR', invoices: 2, amountMinor: '11760' }] };
    expect(await remove(viewer)).toMatchObject({
      __typename: 'InvoicesUnpaid',
      invoices: 2,
      due: [{ amountMinor: 11_760, currency: 'EUR' }],
    });
    business = null;
    expect(await remove(viewer)).toMatchObject({ __typename: 'Unavailable' });
    expect(await read(viewer)).toEqual({ name: 'Northlight', removal: null });
  });

  test('only by who has signed in a moment ago, with a second factor where the account has one', async () => {
    const { viewer, owner } = await givenOrganisation(world.services);
    const { database } = world.services;
    const tryWith = async (session: Parameters<typeof givenSession>[3]) =>
      remove(viewer, await givenSession(world.services, viewer, owner.accountId, session));
    const refused = { __typename: 'StepUpRequired', maxAgeSeconds: 600 };
    expect(await tryWith({ minutesAgo: 11 })).toMatchObject({ ...refused, acrValues: [] });
    // Of the same organisation, but somebody else's; and none, as programs and tokens for development have.
    const other = await givenMember(world.services, viewer.organisationId, { role: 'OWNER' });
    expect(await remove(viewer, await givenSession(world.services, viewer, other.accountId))).toMatchObject(
      refused,
    );
    expect(await remove(viewer, { sessionId: 'none' })).toMatchObject(refused);
    await database.transaction(systemScope, (tx) =>
      tx.execute(`insert into authenticator (account_id, secret, confirmed_at) values ($1, '\\x00', now())`, [
        owner.accountId,
      ]),
    );
    const acrValues = [secondFactorAcr];
    expect(await tryWith({ methods: ['pwd'] })).toMatchObject({ ...refused, acrValues });
    expect(await tryWith({ methods: ['pwd', 'otp', 'mfa'], minutesAgo: 11 })).toMatchObject(refused);
    expect(await tryWith({ methods: ['pwd', 'otp', 'mfa'], minutesAgo: 9 })).toMatchObject({
      __typename: 'OrganisationRemovalStarted',
    });
  });

  test('copied first: all of it is in an archive with its checksum, to be had until it is erased', async () => {
    const { viewer, organisationId, owner } = await givenOrganisation(world.services);
    expect(await remove(viewer)).toMatchObject({
      organisation: { removal: { status: 'COPYING', erasesAt: null, archive: null } },
    });
    // Asked again it is the same removal.
    expect(await remove(viewer)).toMatchObject({ __typename: 'OrganisationRemovalStarted' });
    await work();
    const { removal } = await read(viewer);
    expect(removal.status).toBe('WAITING');
    const days = (Date.parse(removal.erasesAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(world.services.removal.graceDays);
    const bytes = Buffer.from(await (await fetchArchive(removal.archive.url)).arrayBuffer());
    expect(bytes.length).toBe(Number(removal.archive.bytes));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(removal.archive.sha256);
    const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).row.n)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(JSON.parse(lines[0]!)).toEqual({ service: 'tickets', table: 'ticket', row: { n: 1 } });
    const [mail] = await mailsTo(world.services, owner.email);
    const mailed = /http\S+/.exec(mail!.body)![0];
    expect((await fetchArchive(mailed)).status).toBe(200);
    expect((await fetchArchive(`${mailed}x`)).status).toBe(404);
    expect(await removedEvents({ organisationId })).toEqual([]);
  });

  test('and from then on is read only: owners look, others are guests, keys and plugins do nothing', async () => {
    const { viewer, organisationId, owner } = await givenOrganisation(world.services);
    const organiser = await givenMember(world.services, organisationId, { role: 'ORGANISER' });
    const create = `mutation { createApiKey(input: { idempotencyKey: "1", name: "till", scopes: ["catalogue:read"] }) {
      ... on ApiKeyCreated { secret } } }`;
    const { secret } = (await graph.ask(viewer, create)).data.createApiKey;
    expect(await verifyKey(world.services, secret)).not.toBeNull();
    await remove(viewer);
    expect(await verifyKey(world.services, secret)).toBeNull();
    const left = await scopesOfToken(organisationId, owner);
    expect(left).toMatchObject({ role: 'OWNER' });
    expect(left!.scopes).toContain('organisation:manage');
    expect(left!.scopes).not.toContain('tickets:sell');
    expect(await scopesOfToken(organisationId, organiser)).toMatchObject({
      role: 'GUEST',
      scopes: ['catalogue:read'],
    });
    expect(await cancel(viewer)).toMatchObject({ organisation: { removal: null } });
    expect(await verifyKey(world.services, secret)).not.toBeNull();
    expect((await scopesOfToken(organisationId, owner))!.scopes).toEqual(scopesOf('OWNER'));
  });

  test('unless an owner thinks better of it: then nothing of the archive stays', async () => {
    const { viewer, organisationId } = await givenOrganisation(world.services);
    await remove(viewer);
    await work();
    const { archive } = (await read(viewer)).removal;
    expect(await cancel(viewer)).toMatchObject({ __typename: 'OrganisationRemovalCancelled' });
    expect((await fetchArchive(archive.url)).status).toBe(404);
    laterMs = 400 * 86_400_000;
    await work();
    expect(await removedEvents({ organisationId })).toEqual([]);
    expect(await cancel(viewer)).toEqual({ __typename: 'NotFound' });
    expect(await remove(viewer)).toMatchObject({ __typename: 'OrganisationRemovalStarted' });
  });

  test('and certified, once every service has said what it erased; however often it is worked on', async () => {
    const { viewer, organisationId, owner } = await givenOrganisation(world.services);
    await remove(viewer);
    await work();
    laterMs = 15 * 86_400_000;
    await work();
    expect(await removedEvents({ organisationId })).toHaveLength(1);
    expect((await read(viewer)).removal).toMatchObject({ status: 'ERASING', archive: null });
    expect(await cancel(viewer)).toEqual({ __typename: 'RemovalTooFar' });
    erased.add(organisationId);
    laterMs += 86_400_000;
    await work();
    expect((await read(viewer)).removal.status).toBe('ERASING');
    for (let time = 0; time < 2; time++, laterMs += 86_400_000) await work();
    expect((await read(viewer)).removal.status).toBe('DONE');
    expect([...new Set(forgetting)].toSorted()).toEqual([...publishers]);
    const [newest, ...earlier] = await mailsTo(world.services, owner.email);
    expect([newest!.subject, earlier.length]).toEqual(['Your organisation was removed', 1]);
    const jws = /ey[\w.-]+/.exec(newest!.body)![0];
    const { payload, protectedHeader } = await compactVerify(jws, keys.publicKey);
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'marquee-removal+jws' });
    const facts = JSON.parse(Buffer.from(payload).toString());
    expect(facts).toMatchObject({ organisationId, ledger, services: { hub: { rows: { ticket: 2 } } } });
    expect(Object.keys(facts.services)).toHaveLength(7);
    expect(facts.services.hub.forgottenAt).toEqual(expect.any(String));
    expect(facts.services.analytics.forgottenAt).toBeUndefined();
  });

  test('or kept, never both, when it is cancelled while its time runs out', async () => {
    for (let round = 0; round < times({ test: 3, soak: 300 }); round++) {
      const { viewer, organisationId } = await givenOrganisation(world.services);
      laterMs = 0;
      await remove(viewer);
      await work();
      laterMs = 15 * 86_400_000;
      const [cancelled] = await Promise.all([cancel(viewer), work()]);
      const events = await removedEvents({ organisationId });
      expect(events).toHaveLength(cancelled.__typename === 'RemovalTooFar' ? 1 : 0);
    }
  });
});
