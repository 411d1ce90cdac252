import { percentText, writeInvoiceSheet } from '@marquee/documents';
import { encodeId, formatMoney, money } from '@marquee/kernel';
import type { InvoiceLine } from '../plans/plan.ts';
import { planOf, type Plans } from '../plans/plans.ts';
import { grossOf, invoiceNumber, type Amounts, type PlatformInvoice } from './platform-invoice.ts';
import type { CreditNote } from './settlement-rows.ts';
import { untaxed, type Taxation } from './tax.ts';
import type { Party } from './terms.ts';

type Printed = { readonly invoice: PlatformInvoice; readonly organisationId: string };

/** What a line is for, after the name of its plan. */
const kinds: Readonly<Record<InvoiceLine['kind'], string>> = {
  MONTHLY_FEE: 'monthly fee',
  INCLUDED_REQUESTS: 'requests in it',
  ADDITIONAL_REQUESTS: 'additional requests',
};

const notes = {
  STANDARD: [],
  REVERSE_CHARGE: ['Reverse charge: the customer owes the tax.'],
  OUT_OF_SCOPE: ['Supplied where the seller owes no tax.'],
  NOT_CHARGED: [],
} as const;

/** The invoice as a PDF, chunk by chunk. Of what never changes alone: what was paid or credited since is not on it. */
export function writePlatformInvoice({
  plans,
  ...printed
}: Printed & {
  /** Of its period. */
  readonly plans: Plans;
}): AsyncIterable<Uint8Array> {
  const { invoice } = printed;
  return writeInvoiceSheet({
    ...commonOf(printed, invoice),
    title: `Invoice ${invoiceNumber(invoice)}`,
    issuedAt: invoice.issuedAt,
    facts: [
      periodText(invoice),
      `Requests: ${Number(invoice.requests).toLocaleString('en')}`,
      `To be paid by: ${dayText(invoice.dueAt)}`,
    ],
    lines: linesOf(invoice, plans),
  });
}

/** A credit note as a PDF. It names the invoice that it corrects as directive 2006/112/EC, article 219, asks. */
export function writeCreditNote({
  note,
  ...printed
}: Printed & { readonly note: CreditNote }): AsyncIterable<Uint8Array> {
  const { invoice } = printed;
  const amount = formatMoney(money(note.netMinor, note.currency));
  return writeInvoiceSheet({
    ...commonOf(printed, note),
    title: `Credit note ${note.number}`,
    issuedAt: note.issuedAt,
    facts: [
      `Corrects invoice: ${invoiceNumber(invoice)} of ${dayText(invoice.issuedAt)}`,
      periodText(invoice),
    ],
    lines: [{ description: note.reason, quantity: '', price: '', tax: taxText(invoice), amount }],
  });
}

/** What an invoice says, and a credit note of it the same way: from whom, to whom, and the sums with their tax. */
function commonOf({ invoice, organisationId }: Printed, amounts: Amounts) {
  const { seller, customer, tax } = invoice.document ?? { seller: null, customer: null, tax: untaxed };
  return {
    from: partyLines(seller),
    to: customer ? partyLines(customer) : [encodeId('Organisation', organisationId)],
    sums: sumsOf(amounts, tax),
    notes: notes[tax.treatment],
  };
}

const dayText = (instant: Date) => instant.toISOString().slice(0, 10);

function periodText({ periodStart, periodEnd }: PlatformInvoice): string {
  return `Period: ${dayText(periodStart)} to ${dayText(new Date(periodEnd.getTime() - 1))}`;
}

function partyLines(party: Party | null): readonly (string | null)[] {
  if (!party) return [];
  const { name, address, countryCode, vatId } = party;
  return [name, address, countryCode, vatId && `VAT: ${vatId}`];
}

function taxText({ document }: PlatformInvoice): string {
  return document?.tax.rateBp ? percentText(document.tax.rateBp) : '';
}

function linesOf(invoice: PlatformInvoice, plans: Plans) {
  const { lines, plan: last, currency } = invoice;
  return lines.map(({ kind, plan, days, quantity, amountMinor }) => {
    const { name } = planOf(plans, plan ?? last);
    return {
      description: `${name}: ${kinds[kind]}${days === undefined ? '' : ` (${days} days)`}`,
      quantity: quantity.toLocaleString('en'),
      price: '',
      tax: taxText(invoice),
      amount: formatMoney(money(amountMinor, currency)),
    };
  });
}

function sumsOf(amounts: Amounts, { name, rateBp }: Taxation) {
  const { netMinor, taxMinor, currency } = amounts;
  const net = formatMoney(money(netMinor, currency));
  const tax = {
    about: `${name ?? ''} ${percentText(rateBp)} on ${net}`.trim(),
    name: 'Tax',
    amount: formatMoney(money(taxMinor, currency)),
  };
  return [
    { about: '', name: 'Net', amount: net },
    ...(rateBp === 0 ? [] : [tax]),
    { about: '', name: 'Total', amount: formatMoney(grossOf(amounts)) },
  ];
}
