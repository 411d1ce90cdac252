import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createContext } from '../context.ts';
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
import { FakePlugins } from './fake-plugins.test-support.ts';
import { columnsOfOrders } from './report-columns.ts';

let world: World;
let occurrence: Occurrence;
let type: TicketType;
const plugins = new FakePlugins();

beforeAll(async () => {
  world = await createWorld();
  Object.assign(world.services, { hooks: plugins.hooks });
  occurrence = await givenOccurrence(world);
  type = await givenTicketType(world, occurrence);
});
afterAll(() => world?.drop(), 60_000);
beforeEach(() => plugins.reset());

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
    plugins.says['price-adjustment'] = off('1500');
    const { id } = await held();
    expect(await accepted(quote(id))).toMatchObject({
      discount: { amountMinor: 1500n },
      total: { amountMinor: 3500n },
    });
    expect((await accepted(order(id))).total.amountMinor).toBe(3500n);
    expect(plugins.asked[0]!.input.lines).toEqual([
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
    plugins.says['price-adjustment'] = off('999999', '1000');
    expect((await accepted(quote((await held()).id))).total.amountMinor).toBe(0n);
  });

  test('that must be heard and is silent holds quote and order; without one nobody is asked', async () => {
    const { id } = await held();
    expect((await accepted(quote(id))).total.amountMinor).toBe(5000n);
    expect(plugins.asked).toEqual([]);
    plugins.says['price-adjustment'] = 'silence';
    expect(await refused(quote(id))).toMatchObject({ kind: 'Unavailable' });
    expect(await refused(order(id))).toMatchObject({ kind: 'Unavailable' });
  });
});

test('a plugin that validates check-out sees business and guest, and names the field that is wrong', async () => {
  const message = 'The register does not know this VAT number.';
  plugins.says['check-out-validation'] = { refusal: { field: 'business.vatId', message } };
  const { id } = await held();
  const business = { name: 'Northlight', countryCode: 'AT', vatId: 'ATU1' };
  expect(await refused(order(id, { business }))).toEqual({
    kind: 'InvalidInput',
    field: 'business.vatId',
    message,
  });
  expect(plugins.asked[0]!.input).toMatchObject({ business, guest: aGuest });
  plugins.says['check-out-validation'] = { refusal: null };
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
  plugins.says['scan-decision'] = { refusal: 'Members only until eight.' };
  expect(await refused(scan(credential))).toMatchObject({
    kind: 'ScanRejected',
    reason: 'REFUSED_BY_PLUGIN',
    message: 'Members only until eight.',
  });
  expect(plugins.asked).toMatchObject([{ input: { ticketId, direction: 'IN', deviceId: 'gate 1' } }]);
  expect(await refused(scan('nonsense'))).toMatchObject({ reason: 'BAD_SIGNATURE' });
  expect(plugins.asked).toHaveLength(1);
  plugins.says['scan-decision'] = { refusal: null };
  expect(await accepted(scan(credential))).toMatchObject({ result: 'ACCEPTED' });
});

describe('a plugin that adds columns to the report of orders', () => {
  const columns = (...values: readonly (string | null)[]) => ({
    columns: [{ key: 'discount', title: 'Early-bird discount', values }],
  });
  const report = (orderIds: readonly string[]) => columnsOfOrders(world.services, world.viewer, orderIds);
  const given = () => givenPaidOrder(world, world.viewer, occurrence, type);

  test('is asked about a page at once, and its columns bear its name', async () => {
    const orders = [await given(), await given()];
    const ids = orders.map(({ id }) => id);
    expect((await report(ids)).size).toBe(0);
    plugins.says['report-column'] = columns('250', null);
    const { loaders } = createContext(world.services, world.viewer);
    const cells = await Promise.all(ids.map((id) => loaders.reportColumns.load(id)));
    expect(plugins.asked).toHaveLength(1);
    const places = plugins.asked[0]!.input.rows.map(({ orderId }: { orderId: string }) =>
      ids.indexOf(orderId),
    );
    const cell = { column: 'parker.discount', title: 'Early-bird discount', warning: null };
    expect(places.map((place: number) => cells[place])).toEqual([
      [{ ...cell, value: '250' }],
      [{ ...cell, value: null }],
    ]);
    const [first] = plugins.asked[0]!.input.sales;
    expect(first).toMatchObject({ status: 'PAID', total: { amountMinor: '2500', currency: 'EUR' } });
    expect(plugins.asked[0]!.input.guests).toEqual([aGuest, aGuest]);
  });

  test('of more than a page, one page after the other', async () => {
    const { id } = await given();
    plugins.says['report-column'] = columns('250');
    await report([id, ...Array.from({ length: 150 }, () => newUuid())]);
    await report([...Array.from({ length: 150 }, () => newUuid()), id]);
    expect(plugins.asked.map(({ input }) => input.rows.length)).toEqual([1, 1]);
  });

  test('that does not answer leaves an empty column and says so', async () => {
    const { id } = await given();
    plugins.says['report-column'] = 'nobody';
    expect((await report([id])).get(id)).toEqual([
      { column: 'parker', title: 'parker', value: null, warning: 'Parking did not answer.' },
    ]);
    plugins.says['report-column'] = 'silence';
    expect((await report([id])).get(id)).toMatchObject([
      { column: 'plugins', value: null, warning: expect.any(String) },
    ]);
  });
});
