import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseInstant,
  parseInteger,
  parseList,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { CreateCheckInListInput, UpdateCheckInListInput } from '../generated/schema.ts';
import { faultOf, type ListSettings } from './save-list.ts';

type Given = Omit<UpdateCheckInListInput, 'id'>;

const readTypes = (ids: Given['ticketTypeIds']) =>
  parseOptional(ids, (given) =>
    parseList('ticketTypeIds', given, { min: 1, max: 100 }, (field, id) => parseId('TicketType', field, id)),
  );
const readInstant = (field: 'validFrom' | 'validUntil', given: Date | string | null | undefined) =>
  parseOptional(given, (instant) => parseInstant(field, instant));

/** Null for any number; undefined where nothing was said. */
function readEntries({ entriesPerTicket, unlimitedEntries }: Given): Parsed<number | null | undefined> {
  if (unlimitedEntries && typeof entriesPerTicket === 'number')
    return invalid('entriesPerTicket', 'goes without unlimitedEntries');
  if (unlimitedEntries) return accept(null);
  if (typeof entriesPerTicket !== 'number') return accept(undefined);
  return parseInteger('entriesPerTicket', entriesPerTicket, { min: 1, max: 1_000 });
}

export function readNewList(
  input: CreateCheckInListInput,
): Outcome<
  { readonly idempotencyKey: string; readonly occurrenceId: string; readonly settings: ListSettings },
  InvalidInput
> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    name: parseText('name', input.name, { max: 100 }),
    ticketTypeIds: readTypes(input.ticketTypeIds),
    validFrom: readInstant('validFrom', input.validFrom),
    validUntil: readInstant('validUntil', input.validUntil),
    entries: readEntries(input),
  });
  if (!parsed.ok) return parsed;
  const { idempotencyKey, occurrenceId, entries, ...rest } = parsed.value;
  const settings = {
    ...rest,
    entriesPerTicket: entries === undefined ? 1 : entries,
    exits: input.exits ?? false,
    reEntry: input.reEntry ?? false,
  };
  return faultOf(settings) ?? accept({ idempotencyKey, occurrenceId, settings });
}

export function readListChanges(
  input: UpdateCheckInListInput,
): Outcome<{ readonly id: string; readonly changes: Partial<ListSettings> }, InvalidInput> {
  const parsed = parseAll({
    id: parseId('CheckInList', 'id', input.id),
    name: parseOptional(input.name, (name) => parseText('name', name, { max: 100 })),
    ticketTypeIds: readTypes(input.ticketTypeIds),
    validFrom: readInstant('validFrom', input.validFrom),
    validUntil: readInstant('validUntil', input.validUntil),
    entries: readEntries(input),
  });
  if (!parsed.ok) return parsed;
  const { id, name, entries, ticketTypeIds, validFrom, validUntil } = parsed.value;
  const changes: Partial<ListSettings> = {
    ...(name !== null && { name }),
    ...(input.ticketTypeIds !== undefined && { ticketTypeIds }),
    ...(input.validFrom !== undefined && { validFrom }),
    ...(input.validUntil !== undefined && { validUntil }),
    ...(entries !== undefined && { entriesPerTicket: entries }),
    ...(typeof input.exits === 'boolean' && { exits: input.exits }),
    ...(typeof input.reEntry === 'boolean' && { reEntry: input.reEntry }),
  };
  return accept({ id, changes });
}
