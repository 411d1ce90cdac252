import { createDownloadLinks, type DownloadLinks } from '@marquee/documents';
import type { HttpRoute } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { periodFrom } from '../plans/plan.ts';
import { writeCreditNote, writePlatformInvoice } from './document-pdfs.ts';
import { invoiceNumber, platformInvoicesById } from './platform-invoice.ts';
import { findCreditNote } from './settlement-rows.ts';

/** Links by which what was issued is downloaded without anything but the link. */
export type DocumentLinks = { readonly invoices: DownloadLinks; readonly creditNotes: DownloadLinks };

export function createDocumentLinks(of: {
  readonly publicUrl: string;
  readonly secret: string;
}): DocumentLinks {
  return {
    invoices: createDownloadLinks({
      ...of,
      folder: 'platform-invoices',
      type: 'PlatformInvoice',
      purpose: 'platform invoice link',
    }),
    // Under the invoices' folder: a gateway of an earlier release knows the way.
    creditNotes: createDownloadLinks({
      ...of,
      folder: 'platform-invoices/credit-notes',
      type: 'PlatformCreditNote',
      purpose: 'platform credit note link',
    }),
  };
}

type Sources = Pick<Services, 'database' | 'clock' | 'priceLists' | 'documentLinks'>;

/** Routes that answer a PDF to whoever has a link that the graph handed out a moment ago. */
export function createDocumentDownloads(sources: Sources): Readonly<Record<string, HttpRoute>> {
  const { database, clock, priceLists, documentLinks } = sources;
  const { invoices, creditNotes } = documentLinks;
  return {
    [invoices.path]: invoices.route(async ({ organisationId, id }) => {
      const [invoice] = await database.read({ organisationId }, (tx) => platformInvoicesById(tx, [id]));
      if (!invoice) return null;
      const plans = (await priceLists.read(clock.now()))(periodFrom(invoice.periodStart));
      const body = writePlatformInvoice({ invoice, plans, organisationId });
      return { name: `${invoiceNumber(invoice)}.pdf`, body };
    }),
    [creditNotes.path]: creditNotes.route(async ({ organisationId, id }) => {
      const found = await database.read({ organisationId }, async (tx) => {
        const note = await findCreditNote(tx, id);
        const [invoice] = note ? await platformInvoicesById(tx, [note.invoiceId]) : [];
        return note && invoice ? { note, invoice } : null;
      });
      if (!found) return null;
      return { name: `${found.note.number}.pdf`, body: writeCreditNote({ ...found, organisationId }) };
    }),
  };
}
