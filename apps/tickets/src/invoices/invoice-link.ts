import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeId, encodeId } from '@marquee/kernel';

export const invoicePath = '/files/invoices/*';
/** Long enough to click, too short to be passed around. */
export const linkMinutes = 15;

type Target = { readonly organisationId: string; readonly invoiceId: string };

/** Links by which an invoice is downloaded without anything but the link. */
export type InvoiceLinks = {
  linkTo(target: Target, now: Date): string;
  /** What a link of ours leads to; null where it is not ours, or too old. */
  read(path: string, search: string, now: Date): Target | null;
};

export function createInvoiceLinks({
  publicUrl,
  secret,
}: {
  readonly publicUrl: string;
  readonly secret: string;
}): InvoiceLinks {
  const sign = (invoiceId: string, organisation: string, expires: string) =>
    createHmac('sha256', secret)
      .update(`invoice link ${invoiceId} ${organisation} ${expires}`)
      .digest('base64url');
  return {
    linkTo: ({ organisationId, invoiceId }, now) => {
      const url = new URL(`/files/invoices/${encodeId('Invoice', invoiceId)}`, publicUrl);
      const organisation = encodeId('Organisation', organisationId);
      const expires = `${Math.floor(now.getTime() / 1000) + linkMinutes * 60}`;
      url.searchParams.set('o', organisation);
      url.searchParams.set('e', expires);
      url.searchParams.set('s', sign(invoiceId, organisation, expires));
      return url.href;
    },
    read: (path, search, now) => {
      const given = new URLSearchParams(search);
      const [organisation, expires] = [given.get('o') ?? '', given.get('e') ?? ''];
      const invoiceId = decodeId('Invoice', path.split('/').at(-1) ?? '');
      const organisationId = decodeId('Organisation', organisation);
      if (invoiceId === null || organisationId === null) return null;
      const expected = Buffer.from(sign(invoiceId, organisation, expires));
      const signature = Buffer.from(given.get('s') ?? '');
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
      return Number(expires) * 1000 > now.getTime() ? { organisationId, invoiceId } : null;
    },
  };
}
