import { createRequire } from 'node:module';
import { formatMoney, money } from '@marquee/kernel';
import PDFDocument from 'pdfkit';
import { invoiceNumber, type Invoice, type InvoiceDocument } from './invoice.ts';

/** DejaVu has the letters of Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic; it is embedded, as used. */
const { resolve } = createRequire(import.meta.url);
const fonts = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

const left = 50;
const width = 495;
const bottom = 760;
const columns = [
  { at: left, width: 225, align: 'left' },
  { at: 280, width: 40, align: 'right' },
  { at: 325, width: 70, align: 'right' },
  { at: 400, width: 65, align: 'right' },
  { at: 470, width: 75, align: 'right' },
] as const;

/** The invoice as a PDF of A4 pages, chunk by chunk. Made from its frozen document alone: the same whenever asked. */
export function writeInvoice(invoice: Invoice): AsyncIterable<Uint8Array> {
  const title = invoice.kind === 'INVOICE' ? 'Invoice' : 'Credit note';
  const number = invoiceNumber(invoice);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: left,
    font: fonts.plain,
    info: { Title: `${title} ${number}`, CreationDate: invoice.issuedAt, ModDate: invoice.issuedAt },
  });
  writeHead(pdf, invoice, `${title} ${number}`);
  writeLines(pdf, invoice.document);
  writeSums(pdf, invoice.document);
  pdf.end();
  return pdf as unknown as AsyncIterable<Uint8Array>;
}

type Pdf = InstanceType<typeof PDFDocument>;

function writeHead(pdf: Pdf, { document, issuedAt }: Invoice, title: string): void {
  const { seller, customer } = document;
  pdf.font(fonts.bold).fontSize(18).text(title, left, 50);
  pdf.font(fonts.plain).fontSize(9);
  const facts = [
    `Date: ${issuedAt.toISOString().slice(0, 10)}`,
    `Order: ${document.orderNumber}`,
    ...(document.corrects ? [`Corrects invoice: ${document.corrects}`] : []),
  ];
  pdf.text(facts.join('\n'), left, 80);
  const top = pdf.y + 18;
  const sellerLines = [seller.name, seller.address, seller.taxId && `VAT: ${seller.taxId}`, seller.email];
  const customerLines = [customer.company, customer.name, customer.taxId && `VAT: ${customer.taxId}`];
  writeParty(pdf, 'From', sellerLines, left, top);
  const after = pdf.y;
  writeParty(pdf, 'To', customerLines, 300, top);
  pdf.y = Math.max(after, pdf.y) + 20;
}

function writeParty(
  pdf: Pdf,
  name: string,
  lines: readonly (string | null)[],
  at: number,
  top: number,
): void {
  pdf.font(fonts.bold).text(name, at, top, { width: 235 });
  pdf.font(fonts.plain).text(lines.filter(Boolean).join('\n'), at, pdf.y + 2, { width: 235 });
}

function writeRow(pdf: Pdf, cells: readonly string[]): void {
  const height = pdf.heightOfString(cells[0] ?? '', { width: columns[0].width });
  if (pdf.y + height > bottom) pdf.addPage();
  const top = pdf.y;
  for (const [place, { at, width: cellWidth, align }] of columns.entries())
    pdf.text(cells[place] ?? '', at, top, { width: cellWidth, align });
  pdf.y = top + height + 4;
}

function writeLines(pdf: Pdf, document: InvoiceDocument): void {
  const show = (minor: string) => formatMoney(money(minor, document.currency));
  pdf.font(fonts.bold).fontSize(8);
  writeRow(pdf, ['What', 'Number', 'Price', 'Tax', 'Amount']);
  pdf
    .moveTo(left, pdf.y)
    .lineTo(left + width, pdf.y)
    .stroke();
  pdf.y += 4;
  pdf.font(fonts.plain);
  for (const line of document.lines) {
    const discount = line.discountMinor === '0' ? '' : ` (discount ${show(line.discountMinor)})`;
    writeRow(pdf, [
      `${line.description}${discount}`,
      `${line.quantity}`,
      line.unitPriceMinor === null ? '' : show(line.unitPriceMinor),
      line.tax ? percent(line.tax.rateBp) : '',
      show(`${BigInt(line.netMinor) + BigInt(line.taxMinor)}`),
    ]);
  }
}

function writeSums(pdf: Pdf, document: InvoiceDocument): void {
  const show = (minor: string) => formatMoney(money(minor, document.currency));
  pdf
    .moveTo(left, pdf.y)
    .lineTo(left + width, pdf.y)
    .stroke();
  pdf.y += 6;
  writeRow(pdf, ['', '', '', 'Net', show(document.netMinor)]);
  for (const tax of document.taxes)
    writeRow(pdf, [
      `${tax.name} ${percent(tax.rateBp)} on ${show(tax.netMinor)}`,
      '',
      '',
      'Tax',
      show(tax.taxMinor),
    ]);
  pdf.font(fonts.bold);
  writeRow(pdf, ['', '', '', 'Total', show(document.totalMinor)]);
  pdf.font(fonts.plain);
  const notes = [
    ...(document.reverseCharge ? ['Reverse charge: the customer owes the tax.'] : []),
    ...(document.reason ? [document.reason] : []),
    ...(document.seller.note ? [document.seller.note] : []),
  ];
  if (notes.length > 0) pdf.text(notes.join('\n'), left, pdf.y + 14, { width });
}

function percent(rateBp: number): string {
  return `${rateBp / 100} %`;
}
