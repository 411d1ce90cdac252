import type { HttpExchange } from '@marquee/subgraph';

/**
 * Where a request came from. `proxies` stand before this gateway and each adds whom it saw to `x-forwarded-for`, so the
 * one that the outermost of them saw is that far from the right; what stands left of it is the client's own claim.
 */
export function clientAddress(
  { headers, remoteAddress }: Pick<HttpExchange, 'headers' | 'remoteAddress'>,
  proxies: number,
): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return (seen || remoteAddress || '').replace(/^::ffff:(?=\d+\.)/, '');
}
