import { accept } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseInteger,
  parseMoney,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type { CreateTicketTypeInput } from '../generated/schema.ts';
import type { NewTicketType } from './ticket-type.ts';

const defaultMaxPerOrder = 10;

/** A stadium has 100,000 places; a festival a few times that. */
const largestQuota = 1_000_000;

export function readNewTicketType(input: CreateTicketTypeInput): Parsed<NewTicketType> {
  const parsed = parseAll({
    eventId: parseId('Event', 'eventId', input.eventId),
    name: parseText('name', input.name, { max: 100 }),
    price: parseMoney('price', input.price),
    quotaSize: parseInteger('quotaSize', input.quotaSize, { min: 1, max: largestQuota }),
    maxPerOrder: parseInteger('maxPerOrder', input.maxPerOrder ?? defaultMaxPerOrder, { min: 1, max: 100 }),
    sectionName: parseOptional(input.sectionName, (name) => parseText('sectionName', name, { max: 100 })),
  });
  return parsed.ok ? accept(parsed.value) : parsed;
}
