import { createDownloadLinks, type DownloadLinks } from '@marquee/documents';

/** Links by which an invoice is downloaded without anything but the link. */
export const createInvoiceLinks = (of: {
  readonly publicUrl: string;
  readonly secret: string;
}): DownloadLinks =>
  createDownloadLinks({ ...of, folder: 'invoices', type: 'Invoice', purpose: 'invoice link' });
