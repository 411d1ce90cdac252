import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from './scan-ticket.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

async function givenTicket() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const paid = await givenPaidOrder(world, world.viewer, occurrence, type);
  const [ticketId] = await ticketIdsOf(world, paid);
  return { occurrence, paid, ticketId: ticketId!, credential: credentialOf(ticketId!, occurrence.id) };
}

const credentialOf = (ticketId: string, occurrenceId: string, epoch = 1) =>
  world.services.credentials.sign({ ticketId, occurrenceId, epoch });

const scan = (occurrenceId: string, credential: string, nonce = newUuid(), viewer = world.viewer) =>
  scanTicket(world.services, viewer, {
    occurrenceId,
    credential,
    nonce,
    scannedAt: new Date(),
    deviceId: 'gate-1',
  });

describe('scanning a ticket', () => {
  test('admits it once', async () => {
    const { occurrence, ticketId, credential } = await givenTicket();
    expect(await accepted(scan(occurrence.id, credential))).toMatchObject({ ticketId });
    expect(await refused(scan(occurrence.id, credential))).toMatchObject({ reason: 'ALREADY_ADMITTED' });
    expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
      'ticket-issued',
      'ticket-scanned',
      'ticket-scanned',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('with the same nonce answers the same, and refuses the nonce for another reading', async () => {
    const { occurrence, credential } = await givenTicket();
    const nonce = newUuid();
    const first = await accepted(scan(occurrence.id, credential, nonce));
    expect(await accepted(scan(occurrence.id, credential, nonce))).toEqual(first);
    expect((await refused(scan(occurrence.id, 'another', nonce))).kind).toBe('IdempotencyConflict');
    const refusedNonce = newUuid();
    await refused(scan(occurrence.id, credential, refusedNonce));
    expect(await refused(scan(occurrence.id, credential, refusedNonce))).toMatchObject({
      reason: 'ALREADY_ADMITTED',
    });
  });

  test('refuses what is forged, unknown, for another night, or no longer valid', async () => {
    const { occurrence, paid, ticketId, credential } = await givenTicket();
    const other = await givenOccurrence(world);
    expect(await refused(scan(occurrence.id, `${credential.slice(0, -2)}xx`))).toMatchObject({
      reason: 'BAD_SIGNATURE',
    });
    expect(await refused(scan(occurrence.id, credentialOf(newUuid(), occurrence.id)))).toMatchObject({
      reason: 'UNKNOWN',
    });
    expect(await refused(scan(other.id, credential))).toMatchObject({ reason: 'WRONG_OCCURRENCE' });
    expect(await refused(scan(occurrence.id, credentialOf(ticketId, occurrence.id, 2)))).toMatchObject({
      reason: 'REVOKED',
    });
    const request = { idempotencyKey: newUuid(), orderId: paid.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, request));
    expect(await refused(scan(occurrence.id, credential))).toMatchObject({ reason: 'REVOKED' });
  });

  test("does not know another organisation's tickets or occurrences", async () => {
    const { occurrence, credential } = await givenTicket();
    expect((await refused(scan(occurrence.id, credential, newUuid(), newViewer('SCANNER')))).kind).toBe(
      'NotFound',
    );
  });

  test('is written down for ever', async () => {
    const { occurrence, credential } = await givenTicket();
    await accepted(scan(occurrence.id, credential));
    const change = system(world, (tx) => tx.execute(`update scan set reason = null`));
    await expect(change).rejects.toMatchObject({ message: expect.stringContaining('permission denied') });
  });
});
