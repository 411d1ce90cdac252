import type { HttpExchange } from '@marquee/subgraph';

/**
 * Where a request came from. `proxies` stand before this gateway and each adds whom it saw to `x-forwarded-for`, so the
 * one that the outermost of them saw is that far from the right; what stands left of it is the client's own claim.
 */
export function clientAddress(
  { headers, remoteAddress }: Pick<HttpExchange, 'headers' | 'remoteAddress'>,
  proxies: number,
): string {
  const seen = proxies > 0 ? forwardedTo(headers['x-forwarded-for'], proxies) : undefined;
  const address = seen || remoteAddress || '';
  return address.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\d+\.)/, '') : address;
}

function forwardedTo(header: string | readonly string[] | undefined, proxies: number): string | undefined {
  return [header ?? []].flat().join(',').split(',').at(-proxies)?.trim();
}
