import PDFDocument from 'pdfkit';
import { documentFonts as fonts } from './fonts.ts';

/** An invoice, or what corrects one, as it is printed: every text as it stands there. */
type InvoiceSheet = {
  /** Such as `Invoice 2027-000042`. */
  readonly title: string;
  readonly issuedAt: Date;
  /** Under the title, a line each, after the date. */
  readonly facts: readonly string[];
  /** Lines; what is null is left out. */
  readonly from: readonly (string | null)[];
  readonly to: readonly (string | null)[];
  readonly lines: readonly {
    readonly description: string;
    readonly quantity: string;
    readonly price: string;
    readonly tax: string;
    readonly amount: string;
  }[];
  /** Under the lines; the total is the last. */
  readonly sums: readonly { readonly about: string; readonly name: string; readonly amount: string }[];
  readonly notes: readonly string[];
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

/** A PDF of A4 pages, chunk by chunk. */
export function writeInvoiceSheet(sheet: InvoiceSheet): AsyncIterable<Uint8Array> {
  const { title, issuedAt } = sheet;
  const pdf = new PDFDocument({
    size: 'A4',
    margin: left,
    font: fonts.plain,
    info: { Title: title, CreationDate: issuedAt, ModDate: issuedAt },
  });
  writeHead(pdf, sheet);
  writeLines(pdf, sheet);
  writeSums(pdf, sheet);
  pdf.end();
  return pdf as unknown as AsyncIterable<Uint8Array>;
}

type Pdf = InstanceType<typeof PDFDocument>;

function writeHead(pdf: Pdf, { title, issuedAt, facts, from, to }: InvoiceSheet): void {
  pdf.font(fonts.bold).fontSize(18).text(title, left, 50);
  pdf.font(fonts.plain).fontSize(9);
  pdf.text([`Date: ${issuedAt.toISOString().slice(0, 10)}`, ...facts].join('\n'), left, 80);
  const top = pdf.y + 18;
  writeParty(pdf, 'From', from, left, top);
  const after = pdf.y;
  writeParty(pdf, 'To', to, 300, top);
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

function writeRule(pdf: Pdf): void {
  pdf
    .moveTo(left, pdf.y)
    .lineTo(left + width, pdf.y)
    .stroke();
}

function writeLines(pdf: Pdf, { lines }: InvoiceSheet): void {
  pdf.font(fonts.bold).fontSize(8);
  writeRow(pdf, ['What', 'Number', 'Price', 'Tax', 'Amount']);
  writeRule(pdf);
  pdf.y += 4;
  pdf.font(fonts.plain);
  for (const { description, quantity, price, tax, amount } of lines)
    writeRow(pdf, [description, quantity, price, tax, amount]);
}

function writeSums(pdf: Pdf, { sums, notes }: InvoiceSheet): void {
  writeRule(pdf);
  pdf.y += 6;
  for (const [place, { about, name, amount }] of sums.entries()) {
    if (place === sums.length - 1) pdf.font(fonts.bold);
    writeRow(pdf, [about, '', '', name, amount]);
  }
  pdf.font(fonts.plain);
  if (notes.length > 0) pdf.text(notes.join('\n'), left, pdf.y + 14, { width });
}

/** Hundredths of a percent as people read them. */
export function percentText(rateBp: number): string {
  return `${rateBp / 100} %`;
}
