import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DomainEvent, EventData, EventType } from '@marquee/contracts';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { orderLinkScopes, type Viewer } from '@marquee/subgraph';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import {
  createWorld,
  givenOrganisation,
  givenPerson,
  mailsTo,
  serveForTest,
  viewerOf,
  type World,
} from '../harness.test-support.ts';
import { issuerOf } from '../tokens/issuer.ts';
import { publicKeys, rotateSigningKey } from '../tokens/signing-keys.ts';
import { exchangeLink } from './exchange-link.ts';
import { createLinkSigner } from './link-token.ts';
import { mailOrderLinks, type Addresses } from './mail-order-links.ts';
import { orderLinkHandlers } from './on-orders.ts';
import { orderLinkDays, type OrderLink } from './order-link.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisationId: string;
let owner: Viewer;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
  ({ organisationId, viewer: owner } = await givenOrganisation(world.services, 'Northlight'));
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const handlers = orderLinkHandlers(() => undefined);
async function hear<T extends EventType>(type: T, data: Partial<EventData<T>>, occurredAt = new Date()) {
  const event = {
    type,
    data,
    organisationId,
    occurredAt: occurredAt.toISOString(),
  } as unknown as DomainEvent<T>;
  const handler = handlers[type] as unknown as (event: DomainEvent<T>, tx: unknown) => Promise<void>;
  // Twice: a cart tells it for each of its holds, and a handler may run again.
  for (let time = 0; time < 2; time++)
    await world.services.database.transaction({ organisationId }, (tx) => handler(event, tx));
}

/** An order of somebody at this address, and what was mailed about it. */
async function givenOrder(email = `${newUuid()}@example.com`, occurredAt = new Date()) {
  const [orderId, guestId] = [newUuid(), newUuid()];
  await hear('tickets.order-paid.v1', { orderId, guestId, number: '7F3KQ-9MXPA', quantity: 2 }, occurredAt);
  const addresses: Addresses = async () => new Map([[guestId, email]]);
  const mail = () => mailOrderLinks(world.services, addresses);
  await Promise.all([mail(), mail()]);
  const mails = await mailsTo(world.services, email);
  return { orderId, guestId, email, mail, mails, link: linkIn(mails[0]?.body) };
}

const linkIn = (body = '') => /#([\w.-]+)/.exec(body)?.[1] ?? '';

async function exchange(link: string) {
  const response = await fetch(`${graph.url}/sign-in/order-link`, {
    method: 'POST',
    body: new URLSearchParams({ link }),
  });
  const answer = (await response.json()) as {
    access_token: string;
    order_id: string;
    errors?: { message: string; extensions: { reason: string } }[];
  };
  return { status: response.status, ...answer, reason: answer.errors?.[0]?.extensions.reason };
}

async function linkOf(orderId: string): Promise<OrderLink> {
  const [link] = await world.services.database.read({ organisationId }, (tx) =>
    tx.rows<OrderLink>(
      'select id, organisation_id as "organisationId", order_id as "orderId" from order_link where order_id = $1',
      [orderId],
    ),
  );
  return link!;
}

const revoke = `mutation ($input: RevokeOrderLinksInput!) { revokeOrderLinks(input: $input) {
  __typename ... on OrderLinksRevoked { orderId sendingNew } } }`;
const revokeAs = async (viewer: Viewer, orderId: string, sendNew = false) =>
  (await graph.ask(viewer, revoke, { input: { orderId: encodeId('Order', orderId), sendNew } })).data
    ?.revokeOrderLinks;

describe('who buys without an account', () => {
  test('is mailed one link, which leads to a token of that order and of nothing else', async () => {
    const { orderId, link, mails } = await givenOrder();
    expect(mails).toHaveLength(1);
    expect(mails[0]!.subject).toBe('Your order 7F3KQ-9MXPA at Northlight');
    expect(mails[0]!.body).toContain('https://shop.example/my-order#');
    const answer = await exchange(link);
    expect(answer).toMatchObject({ status: 200, order_id: encodeId('Order', orderId), token_type: 'Bearer' });
    const keys = createLocalJWKSet(await publicKeys(world.services.database));
    const { payload } = await jwtVerify(answer.access_token, keys, {
      audience: 'marquee',
      issuer: issuerOf(world.services),
    });
    expect(payload).toMatchObject({
      org: organisationId,
      role: 'GUEST',
      order: orderId,
      scopes: orderLinkScopes,
    });
    expect(payload).not.toHaveProperty('email');
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(300);
    // Good again, until it expires: a mail is opened many times.
    expect((await exchange(link)).status).toBe(200);
  });

  test('gets none where there is an account, and none about an order of long ago', async () => {
    const { email } = await givenPerson(world.services);
    expect((await givenOrder(email)).mails).toEqual([]);
    expect((await givenOrder(undefined, new Date(Date.now() - 25 * 3_600_000))).mails).toEqual([]);
  });

  test('sees the order on a page of ours, which is told the link by the browser alone', async () => {
    const page = await fetch(`${graph.url}/sign-in/order-link`);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(await page.text()).toContain('location.hash');
  });
});

describe('a link to an order is refused', () => {
  test('when anything of it was altered, whatever order or organisation it then names', async () => {
    const { link } = await givenOrder();
    const [head = '', , signature = ''] = link.split('.');
    const claims = decodeJwt(link);
    for (const forged of [
      { ...claims, sub: encodeId('Order', newUuid()) },
      { ...claims, org: newUuid() },
      { ...claims, exp: claims.exp! + 1 },
    ]) {
      const body = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect(await exchange(`${head}.${body}.${signature}`)).toMatchObject({
        status: 401,
        reason: 'INVALID',
      });
    }
    for (const nonsense of ['', 'x', 'a.b.c', 'x'.repeat(5_000)])
      expect(await exchange(nonsense)).toMatchObject({ status: 401, reason: 'INVALID' });
  });

  test('when it is signed for an order or an organisation that its row is not of', async () => {
    const { orderId } = await givenOrder();
    const sign = await createLinkSigner(world.services);
    const link = await linkOf(orderId);
    expect((await exchange(await sign(link))).status).toBe(200);
    const elsewhere = await givenOrganisation(world.services);
    for (const other of [{ orderId: newUuid() }, { organisationId: elsewhere.organisationId }])
      expect(await exchange(await sign({ ...link, ...other }))).toMatchObject({
        status: 401,
        reason: 'REVOKED',
      });
  });

  test('when it is too old; one that an earlier key signed is not', async () => {
    const { link } = await givenOrder();
    await rotateSigningKey(world.services, { purpose: 'order-link' });
    expect((await exchange(link)).status).toBe(200);
    const later = new Date(Date.now() + (orderLinkDays * 86_400 + 60) * 1_000);
    const outcome = await exchangeLink({ ...world.services, clock: { now: () => later } }, link);
    expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'EXPIRED' } });
  });

  test('as an access token: its key is not published, and it is for somebody else', async () => {
    const { link } = await givenOrder();
    const published = createLocalJWKSet(await publicKeys(world.services.database));
    await expect(jwtVerify(link, published)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const own = createLocalJWKSet(await publicKeys(world.services.database, 'order-link'));
    await expect(jwtVerify(link, own, { audience: 'marquee' })).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    });
    // Nor is a token of an order a link.
    const { access_token } = await exchange(link);
    expect(await exchange(access_token)).toMatchObject({ status: 401, reason: 'INVALID' });
  });

  test('when its guest is erased, with what was exchanged for it', async () => {
    const { guestId, link, email, mail } = await givenOrder();
    const { access_token } = await exchange(link);
    await hear('guests.guest-erased.v1', { guestId });
    expect(await exchange(link)).toMatchObject({ status: 401, reason: 'REVOKED' });
    await mail();
    expect(await mailsTo(world.services, email)).toEqual([]);
    const revoked = await world.services.database.read(systemScope, (tx) =>
      tx.rows<{ subject: string }>(`select subject from revocation where kind = 'session'`),
    );
    const standsOn = decodeId('SignInSession', String(decodeJwt(access_token)['sid']));
    expect(revoked.map(({ subject }) => subject)).toContain(standsOn);
  });

  test('when its buyer or who sells ended it; another is mailed where that is asked for', async () => {
    const { orderId, link, email, mail } = await givenOrder();
    const buyer = (of: string): Viewer => ({
      ...viewerOf(organisationId, 'GUEST'),
      subject: 'order:x',
      orderId: of,
      scopes: orderLinkScopes,
    });
    expect(await revokeAs(buyer(newUuid()), orderId)).toEqual({ __typename: 'NotFound' });
    const stranger = (await givenOrganisation(world.services)).viewer;
    expect(await revokeAs(stranger, orderId)).toEqual({ __typename: 'NotFound' });
    expect(await revokeAs(buyer(orderId), orderId)).toMatchObject({ __typename: 'OrderLinksRevoked' });
    expect(await exchange(link)).toMatchObject({ status: 401, reason: 'REVOKED' });
    expect(await revokeAs(owner, orderId, true)).toMatchObject({ sendingNew: true });
    await mail();
    // The old one was on its way still, and leaves no more.
    const [newest, ...others] = (await mailsTo(world.services, email)).map(({ body }) => linkIn(body));
    expect(others).toEqual([]);
    expect((await exchange(newest!)).status).toBe(200);
  });

  test('and opens no way to what accounts do', async () => {
    const linked: Viewer = {
      ...viewerOf(organisationId, 'GUEST'),
      orderId: newUuid(),
      scopes: orderLinkScopes,
    };
    const found = `mutation { createOrganisation(input: { idempotencyKey: "1", name: "Mine" }) { __typename } }`;
    expect((await graph.ask(linked, found)).errors![0]!.extensions['code']).toBe('FORBIDDEN');
  });
});
