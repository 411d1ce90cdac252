import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Page } from '../docs/write-pages.ts';

const folder = 'docs/reference/schema';

type Kind = 'objects' | 'inputs' | 'enums' | 'interfaces' | 'unions' | 'scalars';

function kindOf(type: GraphQLNamedType): Kind {
  if (isObjectType(type)) return 'objects';
  if (isInputObjectType(type)) return 'inputs';
  if (isEnumType(type)) return 'enums';
  if (isInterfaceType(type)) return 'interfaces';
  return isUnionType(type) ? 'unions' : 'scalars';
}

/** Text in a cell of a table, or after a heading. */
function plain(text: string | null | undefined): string {
  return (text ?? '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
}

function link(type: GraphQLNamedType): string {
  const { name } = type;
  return isSpecifiedScalarType(type) ? `\`${name}\`` : `[${name}](${kindOf(type)}.md#${name.toLowerCase()})`;
}

/** `[Venue!]!` with its name as a link. */
function typeLink(type: { toString(): string }, named: GraphQLNamedType): string {
  const [before = '', after = ''] = String(type).split(named.name);
  return `${before.replaceAll('[', '\\[')}${link(named)}${after.replaceAll(']', '\\]')}`;
}

function deprecation(reason: string | null | undefined): string {
  return reason ? ` **Deprecated**: ${plain(reason)}` : '';
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}

function withDefault({ type, defaultValue }: GraphQLArgument | GraphQLInputField): string {
  const named = typeLink(type, getNamedType(type));
  return defaultValue === undefined ? named : `${named} = \`${JSON.stringify(defaultValue)}\``;
}

/** Root fields, each with its arguments. */
function rootPage(title: string, fields: readonly GraphQLField<unknown, unknown>[]): string {
  const parts = fields
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map((field) => {
      const rows = field.args.map((one) => [`\`${one.name}\``, withDefault(one), plain(one.description)]);
      return [
        `## ${field.name}`,
        `Answers ${typeLink(field.type, getNamedType(field.type))}.${deprecation(field.deprecationReason)}`,
        plain(field.description),
        rows.length > 0 ? table(['argument', 'type', ''], rows) : '',
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    });
  return `# ${title}\n\n${parts.join('\n\n')}\n`;
}

function fieldRows(fields: readonly GraphQLField<unknown, unknown>[]): string[][] {
  return fields.map((field) => {
    const args = field.args.map((one) => `${one.name}: ${withDefault(one)}`).join(', ');
    const about = `${plain(field.description)}${deprecation(field.deprecationReason)}`.trim();
    return [
      `\`${field.name}\`${args ? ` (${args})` : ''}`,
      typeLink(field.type, getNamedType(field.type)),
      about,
    ];
  });
}

/** What stands under the heading of a type. */
function bodyOf(schema: GraphQLSchema, type: GraphQLNamedType): string[] {
  if (isScalarType(type)) return [];
  if (isUnionType(type)) return [`One of ${type.getTypes().map(link).join(', ')}.`];
  if (isEnumType(type)) {
    const rows = type
      .getValues()
      .map(({ name, description, deprecationReason }) => [
        `\`${name}\``,
        `${plain(description)}${deprecation(deprecationReason)}`.trim(),
      ]);
    return [table(['value', ''], rows)];
  }
  if (isInputObjectType(type)) {
    const rows = Object.values(type.getFields()).map((field) => [
      `\`${field.name}\``,
      withDefault(field),
      `${plain(field.description)}${deprecation(field.deprecationReason)}`.trim(),
    ]);
    return [table(['field', 'type', ''], rows)];
  }
  const related = isInterfaceType(type)
    ? `Implemented by ${schema.getPossibleTypes(type).map(link).join(', ')}.`
    : type.getInterfaces().length > 0
      ? `Implements ${type.getInterfaces().map(link).join(', ')}.`
      : '';
  return [related, table(['field', 'type', ''], fieldRows(Object.values(type.getFields())))];
}

function typesPage(schema: GraphQLSchema, title: string, types: readonly GraphQLNamedType[]): string {
  const parts = types.map((type) =>
    [`## ${type.name}`, plain(type.description), ...bodyOf(schema, type)]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return `# ${title}\n\n${parts.join('\n\n')}\n`;
}

const titles: Readonly<Record<Kind, string>> = {
  objects: 'Objects',
  inputs: 'Inputs',
  enums: 'Enums',
  interfaces: 'Interfaces',
  unions: 'Unions: what mutations answer',
  scalars: 'Scalars',
};

/** The reference of a schema: a page for each kind of type and of root field, made from its descriptions. */
export function schemaPages(schema: GraphQLSchema): Page[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .filter((type) => !roots.some((root) => root === type))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const ofRoots = roots.flatMap((root, index) => {
    const name = ['Queries', 'Mutations', 'Subscriptions'][index]!;
    if (!root) return [];
    return [
      {
        name,
        file: name.toLowerCase(),
        text: rootPage(name, Object.values(root.getFields())),
        count: Object.keys(root.getFields()).length,
      },
    ];
  });
  const ofKinds = (Object.keys(titles) as Kind[]).map((kind) => {
    const own = types.filter((type) => kindOf(type) === kind);
    return { name: titles[kind], file: kind, text: typesPage(schema, titles[kind], own), count: own.length };
  });
  const all = [...ofRoots, ...ofKinds];
  const list = all.map(({ name, file, count }) => `- [${name}](${file}.md): ${count}`);
  const index = `# The schema\n\nEverything that the graph has, made from the schema itself by \`npm run generate\`. The same, searchable and beside an editor, is in the explorer at \`/explorer\`.\n\n${list.join('\n')}\n`;
  return [
    { path: `${folder}/README.md`, text: index },
    ...all.map(({ file, text }) => ({ path: `${folder}/${file}.md`, text })),
  ];
}
