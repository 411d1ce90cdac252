import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { PayOrderInput } from '../generated/schema.ts';
import type { PayRequest } from './begin-payment.ts';
import type { GuardedProvider } from './provider.ts';

export function readPayRequest(
  input: PayOrderInput,
  providers: ReadonlyMap<string, GuardedProvider>,
): Outcome<PayRequest, InvalidInput> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    orderId: parseId('Order', 'orderId', input.orderId),
    paymentToken: parseText('paymentToken', input.paymentToken, { max: 500 }),
    inFull: accept(input.payInFull ?? false),
    returnUrl: parseOptional(input.returnUrl, (url) => parseReturnUrl('returnUrl', url)),
  });
  if (!parsed.ok) return parsed;
  const provider = providers.get(input.provider);
  if (!provider) return invalid('provider', `must be one of ${[...providers.keys()].join(', ')}`);
  return accept({ ...parsed.value, provider });
}

/** An address of the web: a payer is sent there. */
function parseReturnUrl(field: string, text: string): Parsed<string> {
  const url = text.length <= 2_000 && URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return invalid(field, 'must be an address that starts with https://');
  return accept(url.href);
}
