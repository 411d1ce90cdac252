import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHeadSigner, sealLog } from '@marquee/event-log';
import { decodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import type { GraphAnswer } from '@marquee/testkit/graph';
import { aGuestOf, buySeat, serveGraph, type Graph } from '../graph.test-support.ts';
import { accepted, createWorld, newViewer, type World } from '../harness.test-support.ts';
import { acceptTransfer } from '../transfers/end-transfer.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { ledgerKeysOf } from './ledger-key.ts';
import { readLedgerKey, verifyOwnership, type OwnershipDocument } from './verify-ownership.ts';

let world: World;
let graph: Graph;
const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const signer = createHeadSigner({ log: 'tickets', privateKey: createPrivateKey({ key, format: 'jwk' }) });
beforeAll(async () => {
  world = await createWorld();
  Object.assign(world.services, { ledgerKeys: ledgerKeysOf(key) });
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const query = `query ($id: ID!) { ledgerKeys { kid kty crv x } ticket(id: $id) { history { type actor }
  ownership { proof notYetProven holders { guest { name } how ended until } } } }`;

/** Bought by one guest, handed on to another. */
async function givenHandedOn() {
  const seller = aGuestOf(world);
  const { paid } = await buySeat(graph, world, seller);
  const id: string = paid.tickets[0].id;
  const ticketId = decodeId('Ticket', id)!;
  const buyer = newViewer('GUEST', world.viewer.organisationId, 'bob@example.com');
  const offer = { ticketId, toEmail: buyer.email! };
  const transfer = await accepted(offerTransfer(world.services, seller, offer));
  await accepted(acceptTransfer(world.services, buyer, transfer.id));
  return { id, ticketId, seller, buyer };
}

/** Asks once all of it is sealed: not before every older transaction of the whole server has ended. */
async function askSealed(id: string, viewer: Viewer): Promise<GraphAnswer> {
  let answer: GraphAnswer | undefined;
  await eventually(async () => {
    await sealLog(world.database, { signer });
    answer = await graph.ask(viewer, query, { id });
    expect(answer.data.ticket.ownership.notYetProven).toBe(0);
  });
  return answer!;
}

test('a ticket’s holders are proven by the signed head of the log, to anyone with the public key', async () => {
  const { id, ticketId, seller, buyer } = await givenHandedOn();
  expect((await graph.ask(buyer, query, { id })).data.ticket.ownership).toMatchObject({
    proof: null,
    notYetProven: 2,
  });
  const { data } = await askSealed(id, buyer);
  const { ownership, history } = data.ticket;
  expect(ownership).toMatchObject({
    // Who held it before is nobody's business but the organisation's.
    holders: [
      { guest: null, how: 'ISSUED', ended: 'TRANSFERRED' },
      { guest: { name: 'bob' }, how: 'TRANSFERRED', ended: null, until: null },
    ],
  });
  expect(history).toEqual([
    { type: 'tickets.ticket-issued.v1', actor: null },
    { type: 'tickets.transfer-offered.v1', actor: null },
    { type: 'tickets.transfer-accepted.v1', actor: null },
  ]);
  const document = JSON.parse(ownership.proof) as OwnershipDocument;
  const keys = data.ledgerKeys.map(readLedgerKey);
  expect(verifyOwnership(document, keys)).toMatchObject({
    ok: true,
    epoch: 2,
    holdings: [{ how: 'ISSUED' }, { how: 'TRANSFERRED', until: null }],
  });
  expect(document.ticketId).toBe(ticketId);
  expect((await graph.ask(seller, query, { id })).data.ticket).toBeNull();
  const seen = (await graph.ask(world.viewer, query, { id })).data.ticket;
  expect(seen.ownership.holders[0].guest.name).toBe('Ada');
  expect(seen.history[0].actor).toEqual(expect.any(String));
});

test('nothing of the proof can be changed, left out at the start, swapped or signed by another', async () => {
  const { id, buyer } = await givenHandedOn();
  const { data } = await askSealed(id, buyer);
  const document = JSON.parse(data.ticket.ownership.proof) as OwnershipDocument;
  const keys = data.ledgerKeys.map(readLedgerKey);
  const [issued, handedOn] = document.proofs as [
    OwnershipDocument['proofs'][number],
    OwnershipDocument['proofs'][number],
  ];
  const faults = (over: Partial<OwnershipDocument>, by = keys) =>
    verifyOwnership({ ...document, ...over }, by).ok;
  const stolen = { ...handedOn.event, data: { ...(handedOn.event.data as object), guestId: 'eve' } };
  expect(faults({})).toBe(true);
  expect(faults({ proofs: [issued, { ...handedOn, event: stolen as never }] })).toBe(false);
  expect(faults({ proofs: [handedOn] })).toBe(false);
  expect(faults({ proofs: [handedOn, issued] })).toBe(false);
  expect(faults({ proofs: [issued, issued] })).toBe(false);
  expect(faults({ proofs: [] })).toBe(false);
  expect(faults({ ticketId: document.head.organisationId })).toBe(false);
  expect(faults({ head: { ...document.head, root: '00'.repeat(32) } })).toBe(false);
  expect(faults({}, [generateKeyPairSync('ed25519').publicKey])).toBe(false);
  // Leaving out the last transfer is found by the epoch of the credential.
  expect(verifyOwnership({ ...document, proofs: [issued] }, keys)).toMatchObject({ ok: true, epoch: 1 });
});

test('a service without a key for its log has none to publish', () => {
  expect(ledgerKeysOf(undefined)).toEqual([]);
});
