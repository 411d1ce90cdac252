import { assertValidEvent, type EventType } from './catalogue.ts';
import type { JsonSchema } from './json-schemas.ts';

/** What a field of this name holds, where its schema has no example of its own. */
const examples: Readonly<Record<string, unknown>> = {
  city: 'Berlin',
  countryCode: 'DE',
  currency: 'EUR',
  email: 'ada@example.com',
  kind: 'newsletter',
  label: '12',
  locale: 'en-GB',
  name: 'Ada Lovelace',
  number: 'A-1027',
  phone: '+4930123456',
  provider: 'sandbox',
  purpose: 'marketing',
  reason: 'The artist is ill',
  recurrence: 'FREQ=WEEKLY;COUNT=8',
  row: 'F',
  sectionName: 'Stalls',
  source: 'check-out',
  timeZone: 'Europe/Berlin',
  title: 'An evening of chamber music',
  eventTitle: 'An evening of chamber music',
  toEmail: 'grace@example.com',
  value: 'weekly',
  venueName: 'The Old Brewery',
};

/** Data of this event as it could be. Throws InvalidEventError where it would not be valid. */
export function exampleOf(type: EventType, schema: JsonSchema): unknown {
  const data = example(schema, '');
  assertValidEvent({ type, data });
  return data;
}

function example(schema: JsonSchema, name: string): unknown {
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['examples'])) return schema['examples'][0];
  const alternatives = schema['anyOf'] as readonly JsonSchema[] | undefined;
  if (alternatives) return example(alternatives[0]!, name);
  switch (schema['type']) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
      return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, example(value, key)]));
    }
    case 'array':
      return [example((schema['items'] ?? {}) as JsonSchema, name.replace(/s$/, ''))];
    case 'string':
      return String(examples[name] ?? 'text').slice(0, (schema['maxLength'] as number | undefined) ?? 200);
    case 'integer':
    case 'number':
      return Math.max((schema['minimum'] as number | undefined) ?? 0, 2);
    case 'boolean':
      return true;
    default:
      return null;
  }
}
