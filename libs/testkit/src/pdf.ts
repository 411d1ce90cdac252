import type { HttpAnswer } from '@marquee/subgraph';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reader of an answered PDF sees, page by page, as pdf.js extracts it. */
export async function textOfPdf({ body }: HttpAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  const data = new Uint8Array(Buffer.concat(chunks));
  const pdf = await getDocument({ data, useSystemFonts: false, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages.join('\n').replace(/\s+/g, ' ');
}
