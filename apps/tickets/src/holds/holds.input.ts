import { accept } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseInteger,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { HoldItemInput, HoldTicketsInput } from '../generated/schema.ts';
import type { HoldItem } from './hold.ts';
import type { HoldRequest } from './hold-tickets.ts';

/** What is wanted of each type; what was not said is left out, so that a request's hash is that of what was asked. */
export function readItems(field: string, items: readonly HoldItemInput[]): Parsed<HoldItem[]> {
  const parsed = parseList(field, items, { min: 1, max: 20 }, (at, item) =>
    parseAll({
      ticketTypeId: parseId('TicketType', `${at}.ticketTypeId`, item.ticketTypeId),
      quantity: parseOptional(item.quantity, (quantity) =>
        parseInteger(`${at}.quantity`, quantity, { min: 1, max: 100 }),
      ),
      seatIds: parseList(`${at}.seatIds`, item.seatIds ?? [], { max: 100 }, (place, seatId) =>
        parseId('Seat', place, seatId),
      ),
      price: parseOptional(item.price, (price) => parseMoney(`${at}.price`, price)),
    }),
  );
  if (!parsed.ok) return parsed;
  return accept(parsed.value.map(({ price, ...item }) => (price === null ? item : { ...item, price })));
}

export function readHoldRequest(input: HoldTicketsInput): Parsed<HoldRequest> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
    items: readItems('items', input.items),
    admissionPass: parseOptional(input.admissionPass, (pass) =>
      parseText('admissionPass', pass, { min: 1, max: 200 }),
    ),
  });
  if (!parsed.ok) return parsed;
  const { voucherCode, ...rest } = parsed.value;
  return accept({ ...rest, ...(voucherCode !== null && { voucherCode }) });
}
