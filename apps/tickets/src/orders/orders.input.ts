import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseEmail,
  parseId,
  parseIdempotencyKey,
  parseKeysetPage,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { CheckOutInput, QueryOrdersArgs } from '../generated/schema.ts';
import type { CheckOutRequest } from './check-out.ts';
import type { OrderQuery } from './find-order.ts';

/** A guest as someone types it in. */
export function readGuest(
  field: string,
  guest: { readonly email: string; readonly name: string },
): Parsed<{ readonly email: string; readonly name: string }> {
  return parseAll({
    email: parseEmail(`${field}.email`, guest.email),
    name: parseText(`${field}.name`, guest.name, { max: 200 }),
  });
}

export function readCheckOut(input: CheckOutInput): Parsed<CheckOutRequest> {
  return parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    holdId: parseId('Hold', 'holdId', input.holdId),
    guest: readGuest('guest', input.guest),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
  });
}

export function readOrderQuery({
  first,
  after,
  filter,
}: Partial<QueryOrdersArgs>): Outcome<OrderQuery, InvalidInput> {
  const page = parseKeysetPage({ first, after }, ['instant', 'uuid']);
  if (!page.ok) return page;
  const number = filter?.number?.trim() ?? null;
  if (number !== null && number.length > 20)
    return invalid('filter.number', 'must have at most 20 characters');
  const parsed = parseAll({
    occurrenceId: parseOptional(filter?.occurrenceId, (id) =>
      parseId('Occurrence', 'filter.occurrenceId', id),
    ),
    guestEmail: parseOptional(filter?.guestEmail, (email) => parseEmail('filter.guestEmail', email)),
  });
  if (!parsed.ok) return parsed;
  return accept({ ...page.value, ...parsed.value, number, status: filter?.status ?? null });
}
