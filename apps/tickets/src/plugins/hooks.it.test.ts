import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HookPoint } from '@marquee/contracts';
import type { Hooks } from '@marquee/hooks';
import { accept, newUuid, refuse } from '@marquee/kernel';
import {
  accepted,
  aGuest,
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  hold,
  refused,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import { checkOut } from '../orders/check-out.ts';
import { quoteCart } from '../pricing/quote-cart.ts';
import { scanTicket } from '../scans/scan-ticket.ts';

let world: World;
let occurrence: Occurrence;
let type: TicketType;
/** What plugins say, by place, and what they were asked. */
let says: Partial<Record<HookPoint, unknown>>;
let asked: { readonly point: HookPoint; readonly input: any }[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- the test knows

const silent = refuse({ kind: 'Unavailable' as const, message: 'The plugin did not answer.' });
const hooks: Hooks = {
  has: (_, point) => Object.hasOwn(says, point),
  ask: async (_, point, input) => {
    asked.push({ point, input });
    return says[point] === 'silence' ? silent : accept([says[point] as never]);
  },
  stop: async () => undefined,
};

beforeAll(async () => {
  world = await createWorld();
  Object.assign(world.services, { hooks });
  occurrence = await givenOccurrence(world);
  type = await givenTicketType(world, occurrence);
}, 60_000);
afterAll(() => world?.drop(), 60_000);
beforeEach(() => {
  [says, asked] = [{}, []];
});

const held = (quantity = 2) => accepted(hold(world, world.viewer, occurrence, type, { quantity }));
const order = (holdId: string, more: object = {}) =>
  checkOut(world.services, world.viewer, {
    idempotencyKey: newUuid(),
    holdId,
    guest: aGuest,
    voucherCode: null,
    ...more,
  });
const quote = (holdId: string) =>
  quoteCart(world.services, world.viewer, { holdIds: [holdId], voucherCode: null, business: null });
const off = (...amounts: readonly string[]) => ({
  discounts: amounts.map((amountMinor, line) => ({ line, amountMinor })),
});

describe('a plugin that adjusts prices', () => {
  test('lowers what the quote says and what the order costs, and is told of the cart', async () => {
    says['price-adjustment'] = off('1500');
    const { id } = await held();
    expect(await accepted(quote(id))).toMatchObject({
      discount: { amountMinor: 1500n },
      total: { amountMinor: 3500n },
    });
    expect((await accepted(order(id))).total.amountMinor).toBe(3500n);
    expect(asked[0]!.input.lines).toEqual([
      {
        ticketTypeId: type.id,
        occurrenceId: occurrence.id,
        quantity: 2,
        startsAt: occurrence.startsAt.toISOString(),
        unitPrice: { amountMinor: '2500', currency: 'EUR' },
      },
    ]);
  });

  test('takes no more off than there is, and nothing off lines that there are not', async () => {
    says['price-adjustment'] = off('999999', '1000');
    expect((await accepted(quote((await held()).id))).total.amountMinor).toBe(0n);
  });

  test('that must be heard and is silent holds quote and order; without one nobody is asked', async () => {
    const { id } = await held();
    expect((await accepted(quote(id))).total.amountMinor).toBe(5000n);
    expect(asked).toEqual([]);
    says['price-adjustment'] = 'silence';
    expect(await refused(quote(id))).toMatchObject({ kind: 'Unavailable' });
    expect(await refused(order(id))).toMatchObject({ kind: 'Unavailable' });
  });
});

test('a plugin that validates check-out sees business and guest, and names the field that is wrong', async () => {
  const message = 'The register does not know this VAT number.';
  says['check-out-validation'] = { refusal: { field: 'business.vatId', message } };
  const { id } = await held();
  const business = { name: 'Northlight', countryCode: 'AT', vatId: 'ATU1' };
  expect(await refused(order(id, { business }))).toEqual({
    kind: 'InvalidInput',
    field: 'business.vatId',
    message,
  });
  expect(asked[0]!.input).toMatchObject({ business, guest: aGuest });
  says['check-out-validation'] = { refusal: null };
  await accepted(order(id, { business }));
});

test('a plugin at the door keeps a good ticket out with its own words, is not asked of bad ones, and the reading is kept', async () => {
  const paid = await givenPaidOrder(world, world.viewer, occurrence, type);
  const [ticketId] = await ticketIdsOf(world, paid);
  const credential = world.services.credentials.sign({
    ticketId: ticketId!,
    occurrenceId: occurrence.id,
    epoch: 1,
  });
  const scan = (text: string) =>
    scanTicket(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      credential: text,
      nonce: newUuid(),
      scannedAt: new Date(),
      deviceId: 'gate 1',
    });
  says['scan-decision'] = { refusal: 'Members only until eight.' };
  expect(await refused(scan(credential))).toMatchObject({
    kind: 'ScanRejected',
    reason: 'REFUSED_BY_PLUGIN',
    message: 'Members only until eight.',
  });
  expect(asked).toMatchObject([{ input: { ticketId, direction: 'IN', deviceId: 'gate 1' } }]);
  expect(await refused(scan('nonsense'))).toMatchObject({ reason: 'BAD_SIGNATURE' });
  expect(asked).toHaveLength(1);
  says['scan-decision'] = { refusal: null };
  expect(await accepted(scan(credential))).toMatchObject({ result: 'ACCEPTED' });
});
