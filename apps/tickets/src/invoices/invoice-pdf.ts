import { percentText, writeInvoiceSheet } from '@marquee/documents';
import { formatMoney, money } from '@marquee/kernel';
import { invoiceNumber, type Invoice, type InvoiceDocument } from './invoice.ts';

/** The invoice as a PDF, chunk by chunk. Made from its frozen document alone: the same whenever asked. */
export function writeInvoice(invoice: Invoice): AsyncIterable<Uint8Array> {
  const { document, issuedAt, kind } = invoice;
  const { seller, customer } = document;
  return writeInvoiceSheet({
    title: `${kind === 'INVOICE' ? 'Invoice' : 'Credit note'} ${invoiceNumber(invoice)}`,
    issuedAt,
    facts: [
      `Order: ${document.orderNumber}`,
      ...(document.corrects ? [`Corrects invoice: ${document.corrects}`] : []),
    ],
    from: [seller.name, seller.address, seller.taxId && `VAT: ${seller.taxId}`, seller.email],
    to: [customer.company, customer.name, customer.taxId && `VAT: ${customer.taxId}`],
    lines: linesOf(document),
    sums: sumsOf(document),
    notes: [
      ...(document.reverseCharge ? ['Reverse charge: the customer owes the tax.'] : []),
      ...(document.reason ? [document.reason] : []),
      ...(seller.note ? [seller.note] : []),
    ],
  });
}

function linesOf({ lines, currency }: InvoiceDocument) {
  const show = (minor: string) => formatMoney(money(minor, currency));
  return lines.map((line) => {
    const discount = line.discountMinor === '0' ? '' : ` (discount ${show(line.discountMinor)})`;
    return {
      description: `${line.description}${discount}`,
      quantity: `${line.quantity}`,
      price: line.unitPriceMinor === null ? '' : show(line.unitPriceMinor),
      tax: line.tax ? percentText(line.tax.rateBp) : '',
      amount: show(`${BigInt(line.netMinor) + BigInt(line.taxMinor)}`),
    };
  });
}

function sumsOf({ netMinor, taxes, totalMinor, currency }: InvoiceDocument) {
  const show = (minor: string) => formatMoney(money(minor, currency));
  return [
    { about: '', name: 'Net', amount: show(netMinor) },
    ...taxes.map((tax) => ({
      about: `${tax.name} ${percentText(tax.rateBp)} on ${show(tax.netMinor)}`,
      name: 'Tax',
      amount: show(tax.taxMinor),
    })),
    { about: '', name: 'Total', amount: show(totalMinor) },
  ];
}
