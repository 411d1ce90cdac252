import type { HttpRoute } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { invoiceNumber } from './invoice.ts';
import { writeInvoice } from './invoice-pdf.ts';
import { findInvoices } from './invoice-rows.ts';

/** Answers a PDF to whoever has a link that the graph handed out a moment ago. */
export function createInvoiceDownload({ database, invoiceLinks }: Services): HttpRoute {
  return invoiceLinks.route(async ({ organisationId, id }) => {
    const [invoice] = await database.read({ organisationId }, (tx) => findInvoices(tx, [id]));
    return invoice ? { name: `${invoiceNumber(invoice)}.pdf`, body: writeInvoice(invoice) } : null;
  });
}
