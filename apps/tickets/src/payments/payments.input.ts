import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseIdempotencyKey, parseText } from '@marquee/subgraph';
import type { PayOrderInput } from '../generated/schema.ts';
import type { PayRequest } from './pay-order.ts';
import type { GuardedProvider } from './provider.ts';

export function readPayRequest(
  input: PayOrderInput,
  providers: ReadonlyMap<string, GuardedProvider>,
): Outcome<PayRequest, InvalidInput> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    orderId: parseId('Order', 'orderId', input.orderId),
    paymentToken: parseText('paymentToken', input.paymentToken, { max: 500 }),
  });
  if (!parsed.ok) return parsed;
  const provider = providers.get(input.provider);
  if (!provider) return invalid('provider', `must be one of ${[...providers.keys()].join(', ')}`);
  return accept({ ...parsed.value, provider });
}
