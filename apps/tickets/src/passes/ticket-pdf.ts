import { documentFonts as fonts } from '@marquee/documents';
import PDFDocument from 'pdfkit';
import type { CredentialSigner } from '../tickets/credential.ts';
import { qrPng } from '../tickets/qr-code.ts';
import { linesOf } from '../plugins/addition.ts';
import { localTime, placeOf, seatText, type PrintedTicket } from './printed-ticket.ts';

const left = 50;
const width = 495;
const qrSize = 200;

/** Tickets as a PDF, a page of A4 each, chunk by chunk: no more than one page is in memory. */
export async function* writeTickets(
  credentials: CredentialSigner,
  tickets: readonly PrintedTicket[],
): AsyncGenerator<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: left,
    font: fonts.plain,
    autoFirstPage: false,
    info: { Title: `Tickets of order ${tickets[0]?.orderNumber ?? ''}` },
  });
  const written = writePages(pdf, credentials, tickets);
  yield* pdf as unknown as AsyncIterable<Uint8Array>;
  await written;
}

type Pdf = InstanceType<typeof PDFDocument>;

async function writePages(
  pdf: Pdf,
  credentials: CredentialSigner,
  tickets: readonly PrintedTicket[],
): Promise<void> {
  try {
    for (const ticket of tickets) {
      pdf.addPage();
      await writePage(pdf, credentials, ticket);
    }
    pdf.end();
  } catch (error) {
    pdf.destroy(error as Error);
  }
}

async function writePage(pdf: Pdf, credentials: CredentialSigner, ticket: PrintedTicket): Promise<void> {
  pdf.font(fonts.bold).fontSize(22).text(ticket.event, left, 60, { width });
  pdf.font(fonts.plain).fontSize(12).moveDown(0.5).text(localTime(ticket), { width });
  const facts = [
    ['Where', placeOf(ticket)],
    ['Ticket', ticket.ticketType],
    ['Seat', ticket.seat ? seatText(ticket.seat) : ''],
    ['For', ticket.guest],
    ['Order', ticket.orderNumber],
    ...linesOf(ticket.additions).map(({ label, value }) => [label, value]),
  ].filter(([, value]) => value !== '');
  pdf.moveDown(1);
  for (const [name, value] of facts) {
    pdf
      .font(fonts.bold)
      .fontSize(9)
      .text(name!, left, pdf.y + 6, { width });
    pdf.font(fonts.plain).fontSize(12).text(value!, { width });
  }
  await writeCode(pdf, credentials, ticket);
}

async function writeCode(pdf: Pdf, credentials: CredentialSigner, ticket: PrintedTicket): Promise<void> {
  // Plugins may have had much to say.
  if (pdf.y + 30 + qrSize + 40 > pdf.page.height - left) pdf.addPage();
  const top = pdf.y + 30;
  if (ticket.policy === 'ROTATING') {
    pdf.font(fonts.bold).text('This event admits live codes alone: show the ticket in the app.', left, top);
    return;
  }
  const { id: ticketId, occurrenceId, credentialEpoch: epoch } = ticket;
  const code = await qrPng(credentials.sign({ ticketId, occurrenceId, epoch }));
  pdf.image(code, left + (width - qrSize) / 2, top, { width: qrSize });
  pdf
    .fontSize(8)
    .text('Admits once. A copy admits nobody when the ticket was used.', left, top + qrSize + 10, {
      width,
      align: 'center',
    });
}
