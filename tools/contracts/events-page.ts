import { exampleOf, type CatalogueSchemas, type EventType, type JsonSchema } from '@marquee/contracts';
import { format } from 'prettier';

const intro = `<!-- Made by \`npm run generate\` from libs/contracts. Do not edit. -->

# The catalogue of events

Every domain event, by the service that publishes it. A type is \`service.what-happened.vN\`; only that service appends it
to its log, from where it goes to JetStream and to whoever subscribes. What is here is the \`data\`; around it are \`id\`,
\`streamId\`, \`version\`, \`organisationId\`, \`occurredAt\`, \`correlationId\`, \`actor\` and, where there is one, \`traceparent\`.
The same as JSON Schema: [schemas.json](../../libs/contracts/src/generated/schemas.json).
`;

/** The page of all events, formatted; the same catalogue gives the same text. */
export async function eventsPage(schemas: CatalogueSchemas): Promise<string> {
  const types = Object.keys(schemas.$defs) as EventType[];
  const services = [...new Set(types.map((type) => type.split('.')[0]!))];
  const contents = services.map((service) => {
    const links = types.filter(of(service)).map((type) => `  - [${type}](#${anchor(type)})`);
    return [`- [${service}](#${service})`, ...links].join('\n');
  });
  const sections = services.map((service) => {
    const events = types.filter(of(service)).map((type) => section(type, service, schemas.$defs[type]!));
    return [`## ${service}`, ...events].join('\n\n');
  });
  const text = [intro, contents.join('\n'), ...sections].join('\n\n');
  return format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 });
}

const of = (service: string) => (type: string) => type.startsWith(`${service}.`);

/** As GitHub and its like make it of a heading. */
const anchor = (type: string) => type.replaceAll('.', '');

function section(type: EventType, service: string, schema: JsonSchema): string {
  const description = schema['description'];
  if (typeof description !== 'string' || description === '')
    throw new Error(`${type} has no description: say in libs/contracts what it tells`);
  const rows = fields(schema, '').map(
    ({ path, shape, required, note }) => `| \`${path}\` | ${shape} | ${required ? 'yes' : 'no'} | ${note} |`,
  );
  return [
    `### ${type}`,
    description,
    `Published by **${service}**.`,
    ['| field | what it is | always there | note |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    `\`\`\`json\n${JSON.stringify({ type, data: exampleOf(type, schema) }, null, 2)}\n\`\`\``,
  ].join('\n\n');
}

type Field = {
  readonly path: string;
  readonly shape: string;
  readonly required: boolean;
  readonly note: string;
};

/** Fields at any depth: `price.currency`, `lines[].quantity`. */
function fields(schema: JsonSchema, prefix: string): Field[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = prefix + name;
    const note = typeof property['description'] === 'string' ? escapeCell(property['description']) : '';
    const field = {
      path,
      shape: escapeCell(shapeOf(property)),
      required: required.has(name),
      note: noteOf(property, note),
    };
    return [field, ...inner(property, path)];
  });
}

function noteOf(schema: JsonSchema, note: string): string {
  return schema['x-marquee-encrypted'] ? [note, 'personal'].filter(Boolean).join('; ') : note;
}

function inner(schema: JsonSchema, path: string): Field[] {
  const alternatives = (schema['anyOf'] ?? []) as readonly JsonSchema[];
  return [
    ...fields(schema, `${path}.`),
    ...(schema['items'] ? inner(schema['items'] as JsonSchema, `${path}[]`) : []),
    ...alternatives.flatMap((each) => inner(each, path)),
  ];
}

const known = [
  ['-[0-9a-f]{4}-[0-9a-f]{12}$', 'UUID'],
  ['T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$', 'instant, RFC 3339 in UTC'],
  ['^-?\\d{1,19}$', 'minor units, as a decimal string'],
  ['^[A-Z]{3}$', 'currency, ISO 4217'],
] as const;

/** A schema in a few words. */
function shapeOf(schema: JsonSchema): string {
  if ('const' in schema) return `\`${JSON.stringify(schema['const'])}\``;
  if (Array.isArray(schema['anyOf'])) return (schema['anyOf'] as JsonSchema[]).map(shapeOf).join(' or ');
  const limits = Object.entries(schema)
    .filter(([keyword]) => /^(min|max|exclusive|multipleOf)/.test(keyword))
    .map(([keyword, value]) => limitText(keyword, value));
  const words = [nameOf(schema), ...limits].filter(Boolean).join(', ');
  return words || 'anything';
}

function nameOf(schema: JsonSchema): string {
  const pattern = schema['pattern'];
  if (typeof pattern === 'string')
    return known.find(([end]) => pattern.endsWith(end))?.[1] ?? `text like \`${pattern}\``;
  if (schema['type'] === 'string') return 'text';
  if (schema['type'] === 'array') return `list of ${shapeOf((schema['items'] ?? {}) as JsonSchema)}`;
  return String(schema['type'] ?? '');
}

function limitText(keyword: string, value: unknown): string {
  const side = keyword.startsWith('min') ? 'at least' : keyword.startsWith('max') ? 'at most' : keyword;
  const unit = keyword.endsWith('Length') ? ' characters' : keyword.endsWith('Items') ? ' elements' : '';
  return `${side} ${String(value)}${unit}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
