import type { HttpRoute } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { invoiceNumber } from './invoice.ts';
import { writeInvoice } from './invoice-pdf.ts';
import { findInvoices } from './invoice-rows.ts';

/** Answers a PDF to whoever has a link that the graph handed out a moment ago. */
export function createInvoiceDownload(services: Services): HttpRoute {
  return async ({ method, path, search }) => {
    if (method !== 'GET') return { status: 405, headers: { allow: 'GET' }, body: 'Use GET.' };
    const target = services.invoiceLinks.read(path, search, new Date());
    const [invoice] = target
      ? await services.database.read({ organisationId: target.organisationId }, (tx) =>
          findInvoices(tx, [target.invoiceId]),
        )
      : [];
    const headers = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };
    if (!invoice) {
      const body = 'This link has expired or is not one of ours. Ask for a new one.';
      return { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body };
    }
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${invoiceNumber(invoice)}.pdf"`,
      },
      body: writeInvoice(invoice),
    };
  };
}
