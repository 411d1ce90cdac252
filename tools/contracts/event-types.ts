import type { CatalogueSchemas, JsonSchema } from '@marquee/contracts';
import { format } from 'prettier';

const head = `// Made by \`npm run generate\` from libs/contracts. Do not edit.

/** The data of each event by its type. Ids are bare UUIDs, instants RFC 3339 in UTC, amounts decimal strings. */
export type EventDataByType = {`;

const tail = `};

export type EventType = keyof EventDataByType;

/** A message as it is sent: a CloudEvents 1.0 event. Of an endpoint with a selection, \`data\` is what that asks for. */
export type MarqueeEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly specversion: '1.0';
    /** Of the event; the same for all who are told of it. */
    readonly id: string;
    /** \`/marquee/\` and the service. */
    readonly source: string;
    readonly type: T;
    /** The thing that the event is about, such as \`order-0197…\`. */
    readonly subject: string;
    readonly time: string;
    readonly datacontenttype: 'application/json';
    readonly organisationid: string;
    readonly correlationid: string;
    readonly traceparent?: string;
    /** Whether it is a sample that was asked for. */
    readonly test?: true;
    readonly data: EventDataByType[T];
  };
}[Type];
`;

/** The events as TypeScript that imports nothing, for the SDK. */
export async function eventTypesModule({ $defs }: CatalogueSchemas): Promise<string> {
  const types = Object.entries($defs).map(
    ([name, schema]) => `/** ${String(schema['description'])} */\n'${name}': ${typeOf(schema)};`,
  );
  return format([head, ...types, tail].join('\n'), {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 110,
  });
}

function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['anyOf'])) return (schema['anyOf'] as JsonSchema[]).map(typeOf).join(' | ');
  switch (schema['type']) {
    case 'object': {
      const required = new Set((schema['required'] ?? []) as readonly string[]);
      const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>);
      return `{ ${properties
        .map(([name, value]) => `readonly ${name}${required.has(name) ? '' : '?'}: ${typeOf(value)};`)
        .join(' ')} }`;
    }
    case 'array':
      return `readonly (${typeOf((schema['items'] ?? {}) as JsonSchema)})[]`;
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema['type'];
    default:
      return 'unknown';
  }
}
