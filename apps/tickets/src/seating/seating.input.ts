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
import type { HoldBestAvailableInput, SetSeatingPolicyInput } from '../generated/schema.ts';
import type { BestRequest } from './hold-best-available.ts';
import type { WantedPolicy } from './set-seating-policy.ts';

export function readPolicy(input: SetSeatingPolicyInput): Parsed<WantedPolicy> {
  return parseAll({
    occurrenceId: parseOptional(input.occurrenceId, (id) => parseId('Occurrence', 'occurrenceId', id)),
    singleSeats: accept(input.singleSeats ?? null),
    releaseAccessibleHours: parseOptional(input.releaseAccessibleHours, (hours) =>
      parseInteger('releaseAccessibleHours', hours, { min: 0, max: 8_760 }),
    ),
  });
}

export function readBestRequest(input: HoldBestAvailableInput): Parsed<BestRequest> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    quantity: parseInteger('quantity', input.quantity, { min: 1, max: 100 }),
    accessible: parseInteger('accessible', input.accessible ?? 0, { min: 0, max: 100 }),
    ticketTypeIds: parseList('ticketTypeIds', input.ticketTypeIds ?? [], { max: 20 }, (at, id) =>
      parseId('TicketType', at, id),
    ),
    sectionNames: parseList('sectionNames', input.sectionNames ?? [], { max: 200 }, (at, name) =>
      parseText(at, name, { max: 100 }),
    ),
    maxPrice: parseOptional(input.maxPrice, (price) => parseMoney('maxPrice', price)),
    admissionPass: parseOptional(input.admissionPass, (pass) =>
      parseText('admissionPass', pass, { min: 1, max: 200 }),
    ),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
  });
  if (!parsed.ok) return parsed;
  const { idempotencyKey, occurrenceId, admissionPass, voucherCode, ...wish } = parsed.value;
  return accept({
    idempotencyKey,
    occurrenceId,
    admissionPass,
    best: { ...wish, acrossRows: input.acrossRows ?? false },
    ...(voucherCode !== null && { voucherCode }),
  });
}
