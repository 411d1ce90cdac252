import { describe, expect, test } from '@jest/globals';
import { composeCreditNote, composeInvoice, invoiceNumber, type InvoiceLine } from './invoice.ts';

const heads = {
  seller: { name: 'Lyceum', address: 'Wellington Street', taxId: null, email: null, note: null },
  customer: { name: 'Ada', company: null, taxId: null },
  orderNumber: '7F3KQ-9MXPA',
  currency: 'EUR',
  reverseCharge: false,
};
const line = (netMinor: string, taxMinor: string, rateBp: number | null): InvoiceLine => ({
  description: 'Stalls',
  quantity: 1,
  unitPriceMinor: netMinor,
  discountMinor: '0',
  netMinor,
  taxMinor,
  tax: rateBp === null ? null : { name: 'VAT', rateBp },
});
const invoice = composeInvoice(heads, [
  line('1000', '190', 1900),
  line('2000', '380', 1900),
  line('500', '35', 700),
  line('100', '0', null),
]);

describe('an invoice', () => {
  test('adds up its lines, and its tax by rate', () => {
    expect(invoice).toMatchObject({ netMinor: '3600', taxMinor: '605', totalMinor: '4205' });
    expect(invoice.taxes).toEqual([
      { name: 'VAT', rateBp: 1900, netMinor: '3000', taxMinor: '570' },
      { name: 'VAT', rateBp: 700, netMinor: '500', taxMinor: '35' },
    ]);
  });

  test('has a number that is read aloud, and credit notes one of their own', () => {
    expect(invoiceNumber({ kind: 'INVOICE', year: 2027, number: 42 })).toBe('2027-000042');
    expect(invoiceNumber({ kind: 'CREDIT_NOTE', year: 2027, number: 7 })).toBe('CN-2027-000007');
  });
});

describe('a credit note', () => {
  const of = (amountMinor: bigint) =>
    composeCreditNote(invoice, {
      amount: { amountMinor, currency: 'EUR' },
      corrects: '2027-000042',
      reason: 'Refund',
    });

  test('of all has the taxes of its invoice', () => {
    expect(of(4205n)).toMatchObject({
      netMinor: '3600',
      taxMinor: '605',
      totalMinor: '4205',
      taxes: invoice.taxes,
      corrects: '2027-000042',
    });
  });

  test.each([1n, 7n, 999n, 1000n, 4204n])('of %i adds up to it exactly, whatever is rounded', (amount) => {
    const note = of(amount);
    expect(note.totalMinor).toBe(`${amount}`);
    expect(BigInt(note.netMinor) + BigInt(note.taxMinor)).toBe(amount);
  });
});
