import { assert, splitMoney, type Money } from '@marquee/kernel';

export type InvoiceKind = 'INVOICE' | 'CREDIT_NOTE';

/** Who issues, as printed. */
export type Seller = {
  readonly name: string;
  readonly address: string;
  readonly taxId: string | null;
  readonly email: string | null;
  readonly note: string | null;
};

/**
 * Who is invoiced, as printed. No more of a person than an invoice must say: it is kept for as long as the law wants it,
 * also after the guest was erased.
 */
export type Customer = {
  readonly name: string;
  readonly company: string | null;
  readonly taxId: string | null;
};

/** Amounts as strings: this is kept as JSON, which has no 64-bit integers. */
export type InvoiceLine = {
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceMinor: string | null;
  readonly discountMinor: string;
  readonly netMinor: string;
  readonly taxMinor: string;
  readonly tax: TaxName | null;
};
export type TaxName = { readonly name: string; readonly rateBp: number };
export type TaxLine = TaxName & { readonly netMinor: string; readonly taxMinor: string };

/** Everything that is printed; frozen when it is issued. */
export type InvoiceDocument = {
  readonly seller: Seller;
  readonly customer: Customer;
  readonly orderNumber: string;
  readonly corrects: string | null;
  readonly reason: string | null;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly TaxLine[];
  readonly netMinor: string;
  readonly taxMinor: string;
  readonly totalMinor: string;
  readonly currency: string;
  /** The customer owes the tax itself. */
  readonly reverseCharge: boolean;
};

export type Invoice = {
  readonly id: string;
  readonly kind: InvoiceKind;
  readonly year: number;
  readonly number: number;
  readonly orderId: string;
  readonly correctsId: string | null;
  readonly issuedAt: Date;
  readonly document: InvoiceDocument;
  readonly total: Money;
};

/** `2027-000042`, credit notes `CN-2027-000007`: each series counts from 1 each year. */
export function invoiceNumber({ kind, year, number }: Pick<Invoice, 'kind' | 'year' | 'number'>): string {
  return `${kind === 'CREDIT_NOTE' ? 'CN-' : ''}${year}-${`${number}`.padStart(6, '0')}`;
}

type Heads = Pick<InvoiceDocument, 'seller' | 'customer' | 'orderNumber' | 'currency' | 'reverseCharge'>;

/** The invoice of these lines: sums, and the tax by rate. */
export function composeInvoice(heads: Heads, lines: readonly InvoiceLine[]): InvoiceDocument {
  const sum = (pick: (line: InvoiceLine) => string) =>
    lines.reduce((total, line) => total + BigInt(pick(line)), 0n);
  const net = sum((line) => line.netMinor);
  const tax = sum((line) => line.taxMinor);
  return {
    ...heads,
    corrects: null,
    reason: null,
    lines,
    taxes: taxesOf(lines),
    netMinor: `${net}`,
    taxMinor: `${tax}`,
    totalMinor: `${net + tax}`,
  };
}

/** One line a rate, the highest first; what is not taxed has none. */
function taxesOf(lines: readonly InvoiceLine[]): TaxLine[] {
  const groups = Map.groupBy(
    lines.filter((line) => line.tax !== null),
    ({ tax }) => `${tax!.rateBp} ${tax!.name}`,
  );
  return [...groups.values()]
    .map((own) => ({
      ...own[0]!.tax!,
      netMinor: `${own.reduce((total, line) => total + BigInt(line.netMinor), 0n)}`,
      taxMinor: `${own.reduce((total, line) => total + BigInt(line.taxMinor), 0n)}`,
    }))
    .toSorted((a, b) => b.rateBp - a.rateBp || a.name.localeCompare(b.name));
}

/**
 * The credit note for a part of an invoice: the amount falls to the invoice's rates of tax in proportion to what was
 * charged under each, and of each to net and tax in proportion, all by largest remainder, so that the parts add up
 * exactly.
 */
export function composeCreditNote(
  invoice: InvoiceDocument,
  {
    amount,
    corrects,
    reason,
  }: { readonly amount: Money; readonly corrects: string; readonly reason: string },
): InvoiceDocument {
  assert(amount.currency === invoice.currency, 'a credit note has the currency of its invoice');
  const groups = groupsOf(invoice);
  const weights = groups.map(({ net, tax }) => Number(net + tax));
  const shares = splitMoney(amount, weights);
  const lines = groups.map(({ tax, net, name }, place): InvoiceLine => {
    const [ownNet, ownTax] = splitMoney(shares[place]!, net + tax > 0n ? [Number(net), Number(tax)] : [1, 0]);
    return {
      description: name ? `${reason} (${name.name})` : reason,
      quantity: 1,
      unitPriceMinor: null,
      discountMinor: '0',
      netMinor: `${ownNet!.amountMinor}`,
      taxMinor: `${ownTax!.amountMinor}`,
      tax: name,
    };
  });
  const { seller, customer, orderNumber, currency, reverseCharge } = invoice;
  const shown = lines.filter((line) => line.netMinor !== '0' || line.taxMinor !== '0');
  return {
    ...composeInvoice({ seller, customer, orderNumber, currency, reverseCharge }, shown),
    corrects,
    reason,
  };
}

/** What an invoice charged under each rate, and without any. */
function groupsOf(invoice: InvoiceDocument) {
  const taxed = invoice.taxes.map((tax) => ({
    name: { name: tax.name, rateBp: tax.rateBp } as TaxName | null,
    net: BigInt(tax.netMinor),
    tax: BigInt(tax.taxMinor),
  }));
  const untaxed = taxed.reduce((left, { net }) => left - net, BigInt(invoice.netMinor));
  return untaxed > 0n || taxed.length === 0 ? [...taxed, { name: null, net: untaxed, tax: 0n }] : taxed;
}
