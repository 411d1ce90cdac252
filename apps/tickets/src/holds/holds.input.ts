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
import type { HoldTicketsInput } from '../generated/schema.ts';
import type { HoldRequest } from './hold-tickets.ts';

export function readHoldRequest(input: HoldTicketsInput): Parsed<HoldRequest> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
    items: parseList('items', input.items, { min: 1, max: 20 }, (field, item) =>
      parseAll({
        ticketTypeId: parseId('TicketType', `${field}.ticketTypeId`, item.ticketTypeId),
        quantity: parseOptional(item.quantity, (quantity) =>
          parseInteger(`${field}.quantity`, quantity, { min: 1, max: 100 }),
        ),
        seatIds: parseList(`${field}.seatIds`, item.seatIds ?? [], { max: 100 }, (at, seatId) =>
          parseId('Seat', at, seatId),
        ),
        price: parseOptional(item.price, (price) => parseMoney(`${field}.price`, price)),
      }),
    ),
    admissionPass: parseOptional(input.admissionPass, (pass) =>
      parseText('admissionPass', pass, { min: 1, max: 200 }),
    ),
  });
  if (!parsed.ok) return parsed;
  const { items, voucherCode, ...rest } = parsed.value;
  return accept({
    ...rest,
    // What was not said is left out: the hash of a request is that of what was asked.
    items: items.map(({ price, ...item }) => (price === null ? item : { ...item, price })),
    ...(voucherCode !== null && { voucherCode }),
  });
}
