import { textOfPdf } from '@marquee/testkit/pdf';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Order } from '../orders/order.ts';
import { saveFeeRule, saveTaxRate } from '../pricing/save-rules.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { createInvoiceDownload } from './download-invoice.ts';
import { invoiceNumber, type Invoice } from './invoice.ts';
import { findInvoicesOfOrders } from './invoice-rows.ts';
import { issueDueInvoices } from './issue-invoices.ts';
import { setIssuer } from './issuer.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

async function paidOrder(quantity = 2, title = 'An Evening') {
  const occurrence = await givenOccurrence(world, { eventTitle: title });
  const type = await givenTicketType(world, occurrence);
  return givenPaidOrder(world, world.viewer, occurrence, type, { quantity });
}

const issue = () => issueDueInvoices(world.services, world.viewer);
const invoicesOf = (order: Pick<Order, 'id'>) =>
  world.database.read(world.viewer, (tx) => findInvoicesOfOrders(tx, [order.id]));

const refund = (order: Order, amountMinor: bigint | null) =>
  accepted(
    refundOrder(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      orderId: order.id,
      amount: amountMinor === null ? null : { amountMinor, currency: 'EUR' },
      reason: 'They asked.',
    }),
  );

async function download(invoice: Invoice, now = new Date()) {
  const link = new URL(
    world.services.invoiceLinks.linkTo({ organisationId: world.viewer.organisationId, id: invoice.id }, now),
  );
  const route = createInvoiceDownload(world.services);
  const exchange = { method: 'GET', headers: {}, correlationId: 'c', body: async () => '' };
  return {
    ask: (search = link.search) => route({ ...exchange, path: link.pathname, search }),
    search: link.search,
  };
}

describe('an invoice', () => {
  test('is issued for a paid order, once, with what was bought', async () => {
    const order = await paidOrder();
    await issue();
    expect(await issue()).toBe(0);
    const [invoice, ...rest] = await invoicesOf(order);
    expect(rest).toEqual([]);
    expect(invoice).toMatchObject({
      kind: 'INVOICE',
      total: { amountMinor: 5000n, currency: 'EUR' },
      document: { orderNumber: order.number, totalMinor: '5000', customer: { name: expect.any(String) } },
    });
    expect(await eventTypes(world, `order-${order.id}`)).toContain('invoice-issued');
    expect(await violations(world)).toEqual([]);
  });

  test('is not for what is free, and is found by upkeep where nobody was told', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { price: { amountMinor: 0n, currency: 'EUR' } });
    const free = await givenPaidOrder(world, world.viewer, occurrence, type);
    const order = await paidOrder();
    await upkeepOf(world, { passedMs: 61_000 }).runOnce();
    expect(await invoicesOf(free)).toEqual([]);
    expect(await invoicesOf(order)).toHaveLength(1);
  });

  test('is numbered in one series with all others of its year, and never changed', async () => {
    for (let place = 0; place < 3; place++) await paidOrder();
    await issue();
    const numbers = await world.database.read(world.viewer, (tx) =>
      tx.rows<{ number: number }>(`select number from invoice where kind = 'INVOICE' order by number`),
    );
    expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, place) => place + 1));
    const change = (sql: string) => world.database.transaction(world.viewer, (tx) => tx.execute(sql));
    await expect(change('update invoice set total_minor = 0')).rejects.toThrow('permission denied');
    await expect(change('delete from invoice')).rejects.toThrow('permission denied');
  });

  test('leaves no gap where the transaction that issued it is rolled back', async () => {
    const order = await paidOrder();
    const dying = {
      ...world.database,
      transaction: ((scope, work, options) =>
        world.database.transaction(
          scope,
          async (tx) => {
            await work(tx);
            throw new Error('died before it committed');
          },
          options,
        )) as typeof world.database.transaction,
    };
    const died = issueDueInvoices({ ...world.services, database: dying }, world.viewer);
    await expect(died).rejects.toThrow('died before');
    expect(await invoicesOf(order)).toEqual([]);
    await issue();
    expect(await invoicesOf(order)).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });
});

/** Two tickets of 25 euros with 19 % in them, and a booking fee of 1.50 each to which 7 % are added. */
async function taxedOrder() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const rate = (name: string, rateBp: number, inclusive: boolean, ticketTypeId: string | null) =>
    accepted(
      saveTaxRate(world.services, world.viewer, {
        id: null,
        name,
        rateBp,
        inclusive,
        eventId: occurrence.eventId,
        ticketTypeId,
        active: true,
      }),
    );
  await rate('VAT', 1_900, true, type.id);
  const reduced = await rate('Reduced VAT', 700, false, null);
  await accepted(
    saveFeeRule(world.services, world.viewer, {
      id: null,
      name: 'Booking fee',
      per: 'TICKET',
      percentBp: null,
      amountMinor: 150n,
      currency: 'EUR',
      eventId: occurrence.eventId,
      ticketTypeId: null,
      taxRateId: reduced.id,
      active: true,
      refundable: true,
    }),
  );
  return givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 });
}

describe('of an order with fees and taxes', () => {
  test('the invoice adds up, has a line for each rate, and says so on paper; so has its credit note', async () => {
    const order = await taxedOrder();
    expect(order.total).toEqual({ amountMinor: 5_321n, currency: 'EUR' });
    await issue();
    const [invoice] = await invoicesOf(order);
    expect(invoice!.document).toMatchObject({ netMinor: '4502', taxMinor: '819', totalMinor: '5321' });
    expect(invoice!.document.taxes).toEqual([
      { name: 'VAT', rateBp: 1_900, netMinor: '4202', taxMinor: '798' },
      { name: 'Reduced VAT', rateBp: 700, netMinor: '300', taxMinor: '21' },
    ]);
    expect(invoice!.document.lines.map(({ netMinor, taxMinor }) => [netMinor, taxMinor])).toEqual([
      ['4202', '798'],
      ['300', '21'],
    ]);
    const text = await textOfPdf(await (await download(invoice!)).ask());
    for (const piece of [
      'Booking fee',
      'VAT 19 % on €42.02',
      'Reduced VAT 7 % on €3.00',
      '€7.98',
      '€0.21',
      '€53.21',
    ])
      expect(text).toContain(piece);
    await refund(order, null);
    await issue();
    const [, note] = await invoicesOf(order);
    expect(note!.document).toMatchObject({ netMinor: '4502', taxMinor: '819', totalMinor: '5321' });
    expect(note!.document.taxes).toEqual(invoice!.document.taxes);
    expect(await violations(world)).toEqual([]);
  });
});

describe('a credit note', () => {
  test('is issued for each refund that was carried out, and names its invoice', async () => {
    const order = await paidOrder();
    await refund(order, 2000n);
    await refund(order, null);
    await issue();
    const [invoice, ...notes] = await invoicesOf(order);
    expect(notes.map(({ kind, total, correctsId }) => [kind, total.amountMinor, correctsId])).toEqual([
      ['CREDIT_NOTE', 2000n, invoice!.id],
      ['CREDIT_NOTE', 3000n, invoice!.id],
    ]);
    expect(notes[0]!.document).toMatchObject({ corrects: invoiceNumber(invoice!), reason: 'They asked.' });
    expect(await violations(world)).toEqual([]);
  });
});

describe('the PDF of an invoice', () => {
  test('says everything, also in other alphabets, and is downloaded by a short-lived link', async () => {
    await world.database.transaction(world.viewer, (tx) =>
      setIssuer(tx, {
        name: 'Θέατρο Δημοτικό',
        address: 'Большая Ордынка 1\nМосква',
        taxId: 'DE123456789',
        email: null,
        note: 'Köszönjük, děkujeme!',
        timeZone: 'Europe/Berlin',
      }),
    );
    const order = await paidOrder(2, 'Ełk wieczorem');
    await issue();
    const [invoice] = await invoicesOf(order);
    const { ask } = await download(invoice!);
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } });
    const text = await textOfPdf(answer);
    for (const piece of [
      `Invoice ${invoiceNumber(invoice!)}`,
      'Θέατρο Δημοτικό',
      'Большая Ордынка 1',
      'DE123456789',
      'Ełk wieczorem',
      'Ada Lovelace',
      order.number,
      '€50.00',
      'Köszönjük, děkujeme!',
    ])
      expect(text).toContain(piece);
  });

  test('is given to nobody without a link that is fresh and ours', async () => {
    const order = await paidOrder();
    await issue();
    const [invoice] = await invoicesOf(order);
    const { ask, search } = await download(invoice!);
    const altered = search.replace(/s=(.)/, (_, first) => (first === 'A' ? 's=B' : 's=A'));
    expect((await ask(altered)).status).toBe(404);
    expect((await ask(search.replace(/e=\d+/, 'e=99999999999'))).status).toBe(404);
    expect((await ask('')).status).toBe(404);
    const old = await download(invoice!, new Date(Date.now() - 16 * 60_000));
    expect((await old.ask()).status).toBe(404);
  });
});
