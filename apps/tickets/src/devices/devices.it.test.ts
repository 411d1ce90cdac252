import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { createOfflineDoor } from '../door/index.ts';
import { serveGraph, type Graph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  newViewer,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { undoScan } from '../scans/undo-scan.ts';
import { acceptTransfer } from '../transfers/end-transfer.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { givenDoor, givenTickets, transportTo } from './door.test-support.ts';
import { revokeDevice } from './manage-devices.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const scanOnline = (occurrenceId: string, credential: string) =>
  scanTicket(world.services, world.viewer, {
    occurrenceId,
    credential,
    nonce: newUuid(),
    scannedAt: new Date(),
    deviceId: 'desk',
  });

const createDevice = `mutation ($input: CreateDeviceInput!) { createDevice(input: $input) { __typename
  ... on DeviceCreated { enrolmentCode expiresAt device { id status gate checkInLists { id } } }
  ... on InvalidInput { field } } }`;
const others = `mutation ($id: ID!) { renewEnrolmentCode(deviceId: $id) { __typename ... on EnrolmentCodeRenewed { enrolmentCode } }
  revokeDevice(deviceId: $id) { __typename ... on DeviceIsRevoked { device { status revokedAt } } } }`;

describe('a device', () => {
  test('enrols once, by the code that its organiser got, and can be revoked', async () => {
    const { listId } = await givenTickets(world, 1);
    const input = { name: 'Phone 7', listIds: [listId] };
    const made = (await graph.ask(world.viewer, createDevice, { input })).data.createDevice;
    expect(made.device).toMatchObject({ status: 'PENDING', gate: 'Phone 7', checkInLists: [{ id: listId }] });
    const enrol = (code: string) => {
      const storage = new Map<string, string>();
      const seam = {
        get: async (key: string) => storage.get(key) ?? null,
        set: async (key: string, value: string) => void storage.set(key, value),
        delete: async (key: string) => void storage.delete(key),
      };
      const door = createOfflineDoor({ storage: seam, transport: transportTo(graph.url) });
      return door.enrol(code).then(() => door);
    };
    const door = await enrol(made.enrolmentCode.toLowerCase());
    await expect(enrol(made.enrolmentCode)).rejects.toMatchObject({ code: 'ENROLMENT_REFUSED' });
    await expect(enrol('AAAAA-AAAAA')).rejects.toMatchObject({ code: 'ENROLMENT_REFUSED' });
    await door.download(listId);
    const { id } = made.device;
    expect((await graph.ask(newViewer(), others, { id })).data.revokeDevice.__typename).toBe('NotFound');
    const revoked = (await graph.ask(world.viewer, others, { id })).data;
    expect(revoked.renewEnrolmentCode.enrolmentCode).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
    expect(revoked.revokeDevice.device).toMatchObject({ status: 'REVOKED' });
    await expect(door.download(listId)).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
    await expect(enrol(revoked.renewEnrolmentCode.enrolmentCode)).rejects.toMatchObject({
      code: 'ENROLMENT_REFUSED',
    });
  });

  test('is renamed, and reads on the lists that it is given from then on', async () => {
    const [mine, other] = [await givenTickets(world, 1), await givenTickets(world, 1)];
    const { door, storage } = await givenDoor(world, graph.url, mine.occurrence.id);
    const { id } = JSON.parse((await storage.get('identity'))!) as { readonly id: string };
    const update = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { __typename
      ... on DeviceUpdated { device { name gate checkInLists { id } } } } }`;
    const ask = async (viewer: Viewer, wanted: object) =>
      (await graph.ask(viewer, update, { input: { deviceId: encodeId('Device', id), ...wanted } })).data
        .updateDevice;
    const lists = { listIds: [other.listId] };
    expect((await ask(world.viewer, { name: 'North' })).device).toMatchObject({ name: 'North' });
    expect(await ask(world.viewer, lists)).toMatchObject({
      device: { name: 'North', checkInLists: [{ id: lists.listIds[0] }] },
    });
    await door.download(other.listId);
    await expect(door.download(mine.listId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await ask(newViewer(), lists)).__typename).toBe('NotFound');
    const unknown = { listIds: [encodeId('CheckInList', newUuid())] };
    expect((await ask(world.viewer, unknown)).__typename).toBe('InvalidInput');
    await accepted(revokeDevice(world.services, world.viewer, id));
    expect((await ask(world.viewer, lists)).__typename).toBe('DeviceRevoked');
  });

  test('is nobody without its own signature, and sees its own lists alone', async () => {
    const mine = await givenTickets(world, 1);
    const other = await givenTickets(world, 1);
    const { door } = await givenDoor(world, graph.url, mine.occurrence.id);
    await expect(door.download(other.listId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const forged = createOfflineDoor({
      storage: (await givenDoor(world, graph.url, mine.occurrence.id)).storage,
      // Signed for another path than the one that is asked for.
      transport: (request) => transportTo(graph.url)({ ...request, target: '/check-in/device' }),
    });
    await expect(forged.download(mine.listId)).rejects.toMatchObject({ code: 'UNKNOWN_DEVICE' });
    const bare = await fetch(new URL('/check-in/device', graph.url));
    expect(bare.status).toBe(401);
  });

  test('reads online under its own name', async () => {
    const { occurrence, ticketIds, credentialOf, listId } = await givenTickets(world, 1);
    const { storage } = await givenDoor(world, graph.url, occurrence.id);
    const { signedCalls } = await import('../door/transport.ts');
    const { createPrivateKey } = await import('node:crypto');
    const identity = JSON.parse((await storage.get('identity'))!);
    const privateKey = createPrivateKey({ key: identity.privateKey, format: 'jwk' });
    const call = signedCalls(transportTo(graph.url), { id: identity.id, privateKey }, Date.now);
    const reading = { listId, credential: credentialOf(ticketIds[0]!), nonce: '1', scannedAt: new Date() };
    const send = async (more: object = {}) =>
      JSON.parse(
        Buffer.from(
          await call('POST', '/check-in/scans', JSON.stringify({ ...reading, ...more })),
        ).toString(),
      );
    const first = await send();
    expect(first).toMatchObject({ nonce: '1', admitted: true, scanId: expect.stringMatching(/^scn_/) });
    expect(await send()).toEqual(first);
    expect(await send({ nonce: '2' })).toMatchObject({ admitted: false, reason: 'ALREADY_ADMITTED' });
    await expect(send({ direction: 'UP' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('without network', () => {
  test('a door admits by signature and list, and what it read comes in later, once', async () => {
    const { occurrence, ticketIds, credentialOf, listId } = await givenTickets(world, 3);
    const { door, storage } = await givenDoor(world, graph.url, occurrence.id);
    const [a, b] = ticketIds.map((id) => credentialOf(id));
    expect(await door.admit(listId, a!)).toMatchObject({ admitted: true });
    expect(await door.admit(listId, a!)).toMatchObject({ reason: 'ALREADY_ADMITTED' });
    expect(await door.admit(listId, 'MQ2:NOTHING')).toMatchObject({ reason: 'BAD_SIGNATURE' });
    expect(await door.admit(listId, credentialOf(newUuid()))).toMatchObject({ reason: 'UNKNOWN' });
    expect(await door.admit(listId, credentialOf(ticketIds[1]!, 2))).toMatchObject({ reason: 'REVOKED' });
    // Its battery died: what it stored is all that is left of it.
    const again = createOfflineDoor({ storage, transport: transportTo(graph.url) });
    expect(await again.admit(listId, a!)).toMatchObject({ reason: 'ALREADY_ADMITTED' });
    expect(await again.admit(listId, b!)).toMatchObject({ admitted: true });
    expect(await again.pending()).toBe(7);
    const answers = await again.sync();
    expect(answers.map(({ result }) => result)).toEqual([
      'ACCEPTED',
      ...Array.from({ length: 5 }, () => 'REJECTED'),
      'ACCEPTED',
    ]);
    expect([await again.pending(), await again.sync()]).toEqual([0, []]);
    expect(await again.admit(listId, b!)).toMatchObject({ reason: 'ALREADY_ADMITTED' });
    await again.download(listId);
    expect(await again.admit(listId, b!)).toMatchObject({ reason: 'ALREADY_ADMITTED' });
    expect(await violations(world)).toEqual([]);
  });

  test('a list tells what changed since, and only that', async () => {
    const { occurrence, paid, ticketIds, credentialOf, listId } = await givenTickets(world, 2);
    const { door } = await givenDoor(world, graph.url, occurrence.id);
    await accepted(scanOnline(occurrence.id, credentialOf(ticketIds[0]!)));
    await door.download(listId);
    expect(await door.admit(listId, credentialOf(ticketIds[0]!))).toMatchObject({
      reason: 'ALREADY_ADMITTED',
    });
    const refund = { idempotencyKey: newUuid(), orderId: paid.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, refund));
    expect(await door.admit(listId, credentialOf(ticketIds[1]!))).toMatchObject({ admitted: true });
    await door.download(listId);
    expect(await door.admit(listId, credentialOf(ticketIds[1]!))).toMatchObject({ reason: 'REVOKED' });
  });

  test('two doors that let one ticket in: the first by the corrected clock counts, whoever syncs first', async () => {
    const { occurrence, ticketIds, credentialOf, listId } = await givenTickets(world, 1);
    const credential = credentialOf(ticketIds[0]!);
    const fast = 45 * 60_000;
    // How long ago it was when the south door read: more than any request takes.
    let ago = 60_000;
    const doors = {
      north: await givenDoor(world, graph.url, occurrence.id),
      // Its clock is ahead, and it read first all the same.
      south: await givenDoor(world, graph.url, occurrence.id, {
        gate: 'South',
        nowMs: () => Date.now() + fast - ago,
      }),
    };
    await doors.south.door.admit(listId, credential);
    ago = 0;
    await doors.north.door.admit(listId, credential);
    expect(await doors.north.door.sync()).toMatchObject([{ result: 'ACCEPTED' }]);
    expect(await doors.south.door.sync()).toMatchObject([{ result: 'ACCEPTED', reason: null }]);
    const rows = await system(world, (tx) =>
      tx.rows<{ gate: string; result: string; first_result: string; winner: string | null }>(
        `select s.gate, s.result, s.first_result, w.gate as winner from scan_standing s
         left join scan w on w.id = s.winner_id where s.ticket_id = $1 order by s.gate`,
        [ticketIds[0]],
      ),
    );
    expect(rows).toEqual([
      { gate: 'North', first_result: 'ACCEPTED', result: 'CONFLICT', winner: 'South' },
      { gate: 'South', first_result: 'ACCEPTED', result: 'ACCEPTED', winner: null },
    ]);
    // The winner is undone: the other one counts again.
    const [south] = await system(world, (tx) =>
      tx.rows<{ id: string }>(`select id from scan where gate = 'South' and ticket_id = $1`, [ticketIds[0]]),
    );
    await accepted(undoScan(world.services, world.viewer, { scanId: south!.id, reason: 'mistaken' }));
    const [north] = await system(world, (tx) =>
      tx.rows(`select result from scan_standing where gate = 'North' and ticket_id = $1`, [ticketIds[0]]),
    );
    expect(north).toEqual({ result: 'ACCEPTED' });
    expect(await violations(world)).toEqual([]);
  });

  test('who was let in with a ticket that had been handed on or refunded by then is a conflict, with its reason', async () => {
    const { occurrence, ticketIds, credentialOf, listId, paid } = await givenTickets(world, 3);
    // The first comes a minute before anything else happens: more than any request takes.
    let ago = 60_000;
    const { door } = await givenDoor(world, graph.url, occurrence.id, { nowMs: () => Date.now() - ago });
    const [early, late, refunded] = ticketIds as [string, string, string];
    await door.admit(listId, credentialOf(early));
    ago = 0;
    for (const ticketId of [early, late]) {
      const offered = await accepted(
        offerTransfer(world.services, world.viewer, { ticketId, toEmail: 'bob@example.com' }),
      );
      const bob = newViewer('GUEST', world.viewer.organisationId, 'bob@example.com');
      await accepted(acceptTransfer(world.services, bob, offered.id));
    }
    await door.admit(listId, credentialOf(late));
    const refund = { idempotencyKey: newUuid(), orderId: paid.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, refund));
    await door.admit(listId, credentialOf(refunded));
    expect(await door.sync()).toMatchObject([
      // It was still theirs when they came.
      { result: 'ACCEPTED' },
      { result: 'CONFLICT', reason: 'REVOKED' },
      { result: 'CONFLICT', reason: 'REVOKED' },
    ]);
    expect(await refused(scanOnline(occurrence.id, credentialOf(early, 2)))).toMatchObject({
      reason: 'REVOKED',
    });
    expect(await violations(world)).toEqual([]);
  });

  test('a broken link loses nothing and doubles nothing', async () => {
    const { occurrence, ticketIds, credentialOf, listId } = await givenTickets(world, 40);
    let calls = 0;
    const { door } = await givenDoor(world, graph.url, occurrence.id, {
      chunkBytes: 100,
      transport: transportTo(graph.url, () => {
        calls += 1;
        return calls <= 2 ? null : (['there', null, 'back'] as const)[calls % 3]!;
      }),
    });
    for (const id of ticketIds) await door.admit(listId, credentialOf(id));
    const answers: unknown[] = [];
    for (let attempt = 0; attempt < 200 && answers.length === 0; attempt++)
      await door.sync().then(
        (own) => answers.push(...own),
        () => undefined,
      );
    expect(answers).toHaveLength(40);
    const [scans] = await system(world, (tx) =>
      tx.rows('select count(*)::int as count from scan where occurrence_id = $1', [occurrence.id]),
    );
    expect(scans).toEqual({ count: 40 });
    expect(await violations(world)).toEqual([]);
  });

  test('a thousand readings fit a minute of 50 kbit/s many times over', async () => {
    const { encodeBatch, decodeBatch } = await import('../door/index.ts');
    const { generateKeyPairSync } = await import('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    let atMs = Date.now();
    const readings = Array.from({ length: 1_000 }, (_, place) => ({
      number: place + 1,
      direction: 'IN' as const,
      atMs: (atMs += 400 + ((place * 7919) % 5_000)),
      ticketId: newUuid(Date.now() - ((place * 104_729) % 86_400_000) * 30),
      epoch: 1,
      reason: null,
    }));
    const batch = { deviceId: newUuid(), listId: newUuid(), readings };
    const bytes = encodeBatch(batch, privateKey);
    expect(bytes.length).toBeLessThan(25_000);
    expect(decodeBatch(bytes, publicKey)).toEqual(batch);
    bytes[90]! ^= 1;
    expect(() => decodeBatch(bytes, publicKey)).toThrow('not signed');
  });

  test('what a revoked device read is not taken', async () => {
    const { occurrence, ticketIds, credentialOf, listId } = await givenTickets(world, 1);
    const { door, storage } = await givenDoor(world, graph.url, occurrence.id);
    await door.admit(listId, credentialOf(ticketIds[0]!));
    const { id } = JSON.parse((await storage.get('identity'))!);
    await accepted(revokeDevice(world.services, world.viewer, id));
    await expect(door.sync()).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  });
});
