import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseEmail,
  parseId,
  parseIdempotencyKey,
  parseKeysetPage,
  parseList,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type {
  CheckOutInput,
  DeskPayment,
  QueryOrdersArgs,
  SellAtBoxOfficeInput,
  SellInBulkInput,
} from '../generated/schema.ts';
import { readBusiness } from '../pricing/pricing.input.ts';
import { readGivenAnswers } from '../questions/questions.input.ts';
import { readItems } from '../holds/holds.input.ts';
import { mostBulkRows, type BulkRequest, type Desk } from './box-office.ts';
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
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    holds: readHoldIds(input),
    guest: readGuest('guest', input.guest),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
    business: parseOptional(input.business, (business) => readBusiness('business', business)),
    draft: accept(input.draft ?? false),
    answers: readGivenAnswers(input.answers),
  });
  if (!parsed.ok) return parsed;
  const { holds, ...rest } = parsed.value;
  const [holdId, ...moreHoldIds] = holds;
  if (holdId === undefined) return invalid('holdIds', 'must name a hold');
  return accept({
    ...rest,
    holdId,
    moreHoldIds,
    // Only where it is said: the request is compared with the one that first came with its key.
    ...(input.payInInstalments && { inInstalments: true }),
  });
}

const maxHolds = 20;

/** One hold by `holdId`, several by `holdIds`; named in both it counts once. */
function readHoldIds({ holdId, holdIds }: Pick<CheckOutInput, 'holdId' | 'holdIds'>): Parsed<string[]> {
  const parsed = parseAll({
    one: parseOptional(holdId, (id) => parseId('Hold', 'holdId', id)),
    several: parseList('holdIds', holdIds ?? [], { max: maxHolds }, (field, id) =>
      parseId('Hold', field, id),
    ),
  });
  if (!parsed.ok) return parsed;
  const { one, several } = parsed.value;
  return accept([...new Set(one === null ? several : [one, ...several])]);
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

const desks: Readonly<Record<DeskPayment, Desk>> = { CASH: 'cash', CARD_TERMINAL: 'card-terminal' };

export function readBoxOfficeSale(input: SellAtBoxOfficeInput): Parsed<CheckOutRequest> {
  const { payment, business, ...rest } = input;
  const parsed = readCheckOut({ ...rest, business: business ?? null });
  return parsed.ok ? accept({ ...parsed.value, desk: desks[payment] }) : parsed;
}

export function readBulk(input: SellInBulkInput): Parsed<BulkRequest> {
  return parseAll({
    // With the row's number it must still be a key.
    idempotencyKey: parseText('idempotencyKey', input.idempotencyKey, { min: 1, max: 190 }),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    desk: accept(desks[input.payment]),
    rows: parseList('rows', input.rows, { min: 1, max: mostBulkRows }, (field, row) =>
      parseAll({
        guest: readGuest(`${field}.guest`, row.guest),
        items: readItems(`${field}.items`, row.items),
        voucherCode: parseOptional(row.voucherCode, (code) =>
          parseText(`${field}.voucherCode`, code, { max: 100 }),
        ),
      }),
    ),
  });
}
