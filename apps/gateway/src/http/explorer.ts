import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import { explorerExamples } from './explorer-examples.ts';
import { withSignIn } from './explorer-sign-in.ts';

const compress = promisify(gzip);
const headers = '{ "authorization": "Bearer " }';

/** Everything is in the page itself; nothing may be fetched from anywhere else. */
const contentSecurityPolicy = [
  "default-src 'self' data: blob:",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'self' 'unsafe-inline' data: blob:",
  "connect-src 'self' data: blob:",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a browser asks for a page rather than for data. */
export function wantsPage({ method, headers, search }: HttpExchange): boolean {
  const accept = headers.accept ?? '';
  return method === 'GET' && accept.includes('text/html') && !new URLSearchParams(search).has('query');
}

/**
 * GraphiQL as one page from npm, without a CDN. The page is 9 MB of script, so it is loaded and compressed (to 2 MB)
 * when first asked for, never at start.
 */
export function createExplorer(
  endpoint: string,
  publicUrl?: string,
): (exchange: HttpExchange) => Promise<HttpAnswer> {
  let page: Promise<{ readonly plain: string; readonly compressed: Uint8Array }> | undefined;
  const load = async () => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const rendered = renderGraphiQL({
      title: 'Marquee',
      endpoint,
      headers,
      // Of each visitor only the first time: what they make of the tabs is kept by their browser.
      defaultTabs: explorerExamples.map((example) => ({ ...example, headers })),
    });
    const plain = withSignIn(rendered, publicUrl);
    return { plain, compressed: await compress(plain) };
  };
  return async (exchange) => {
    page ??= load();
    const { plain, compressed } = await page;
    const takesGzip = (exchange.headers['accept-encoding'] ?? '').toString().includes('gzip');
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
        'cache-control': 'public, max-age=3600',
        vary: 'accept, accept-encoding',
        ...(takesGzip && { 'content-encoding': 'gzip' }),
      },
      body: takesGzip ? compressed : plain,
    };
  };
}
