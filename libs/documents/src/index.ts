export { createDownloadLinks, type DownloadLinks } from './download-links.ts';
export { documentFonts } from './fonts.ts';
export { percentText, writeInvoiceSheet } from './invoice-sheet.ts';
