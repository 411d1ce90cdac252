import { randomUUID } from 'node:crypto';
import { idPrefixes, type EntityType } from '@marquee/kernel';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
  visit,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** What the walk needs of the organisation whose things it names. */
export type Target = {
  readonly ids: Readonly<Partial<Record<EntityType, string>>>;
  /** Texts that are secrets of their own, by the name of the argument: a ticket's credential. */
  readonly texts: Readonly<Record<string, string>>;
};

export type WalkedField = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the variables name something of the target's. */
  readonly namesTarget: boolean;
};

/** An argument that the walk cannot fill: teach it below, or the new field is not covered. */
export class UnknownArgumentError extends Error {
  override readonly name = 'UnknownArgumentError';
}

const nodeTypes = Object.keys(idPrefixes) as EntityType[];
const aliases: Readonly<Record<string, EntityType>> = {
  Series: 'EventSeries',
  Session: 'SignInSession',
  Endpoint: 'WebhookEndpoint',
  Listing: 'ResaleListing',
  Entry: 'WaitlistEntry',
  Unlocks: 'TicketType',
  List: 'CheckInList',
  UnblockPlaces: 'PlaceBlock',
  Subject: 'Event',
};

/** Every field of Query and Mutation, with arguments made from the target's things; `node` once for every kind of thing. */
export function walk(schema: GraphQLSchema, target: Target): WalkedField[] {
  const queries = fieldsOfRoot(schema.getQueryType()).flatMap((field) =>
    field.name === 'node'
      ? walkNodes(schema, target)
      : // Bare, so that nothing narrows a list; and with every argument, so that each id is tried.
        [false, true].map((optional) => walkField(schema, 'query', field, target, optional)),
  );
  const mutations = fieldsOfRoot(schema.getMutationType()).map((field) =>
    walkField(schema, 'mutation', field, target, true),
  );
  return [...queries, ...mutations];
}

/** Every field of Subscription, with arguments made from the target's things. */
export function walkSubscriptions(schema: GraphQLSchema, target: Target): WalkedField[] {
  return fieldsOfRoot(schema.getSubscriptionType()).map((field) =>
    walkField(schema, 'subscription', field, target, true),
  );
}

const fieldsOfRoot = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});

/** `node` for each thing of the target's, asked for as what it is: all kinds at once exceed the limits of a query. */
function walkNodes(schema: GraphQLSchema, target: Target): WalkedField[] {
  return nodeTypes.flatMap((name): WalkedField[] => {
    const type = schema.getType(name);
    const id = target.ids[name];
    const isNode = isObjectType(type) && type.getInterfaces().some((each) => each.name === 'Node');
    if (!isNode) return [];
    if (!id) throw new UnknownArgumentError(`node: the target has no ${name}`);
    const document = deepest(
      (depth) => `query Walk($id: ID!) { node(id: $id) { ... on ${name} ${fieldsOf(schema, type, depth)} } }`,
    );
    return [{ kind: 'query', name: 'node', document, variables: { id }, namesTarget: true }];
  });
}

const selectionDepth = 4;
/** That one query may ask for; an order has more, so deep. What is left out is asked for where it stands itself. */
const mostFields = 2_000;

function deepest(documentOf: (depth: number) => string): string {
  for (let depth = selectionDepth; depth > 1; depth--) {
    let fields = 0;
    const document = documentOf(depth);
    visit(parse(document), { Field: () => void fields++ });
    if (fields <= mostFields) return document;
  }
  return documentOf(1);
}

function walkField(
  schema: GraphQLSchema,
  kind: WalkedField['kind'],
  field: GraphQLField<unknown, unknown>,
  target: Target,
  optional: boolean,
): WalkedField {
  const args = field.args.filter((arg) => isNonNullType(arg.type) || (optional && arg.name !== 'after'));
  const variables = Object.fromEntries(
    args.map((arg) => [arg.name, valueFor(field, arg, arg.type, target, kind)]),
  );
  const declared = args.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`}`;
  const document = deepest(
    (depth) =>
      `${kind} Walk${declared && `(${declared})`} { ${call} ${selectionOf(schema, field.type, depth)} }`,
  );
  const text = JSON.stringify(variables);
  const secrets = [...Object.values(target.ids), ...Object.values(target.texts)];
  return {
    kind,
    name: field.name,
    document,
    variables,
    namesTarget: secrets.some((secret) => text.includes(secret)),
  };
}

type Argument = GraphQLArgument | GraphQLInputField;

function valueFor(
  field: GraphQLField<unknown, unknown>,
  argument: Argument,
  type: GraphQLInputType,
  target: Target,
  kind: WalkedField['kind'],
): unknown {
  if (isNonNullType(type)) return valueFor(field, argument, type.ofType, target, kind);
  if (isListType(type)) return [valueFor(field, argument, type.ofType, target, kind)];
  if (isInputObjectType(type)) {
    // In a query only ids may narrow: a text that matches nothing would hide a leak.
    const wanted = Object.values(type.getFields()).filter(
      (input) => kind === 'mutation' || isNonNullType(input.type) || getNamedType(input.type).name === 'ID',
    );
    return Object.fromEntries(
      wanted.map((input) => [input.name, valueFor(field, input, input.type, target, kind)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  return scalarFor(field, argument.name, type.name, target);
}

function scalarFor(
  field: GraphQLField<unknown, unknown>,
  name: string,
  scalar: string,
  target: Target,
): unknown {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  switch (scalar) {
    case 'ID':
      return idFor(field, name, target);
    case 'String':
      return target.texts[name] ?? (texts[name] ? texts[name]() : 'walk');
    case 'Int':
      return name === 'durationMinutes' ? 60 : 1;
    case 'Float':
      return 1;
    case 'Boolean':
      return false;
    case 'BigInt':
      return 100;
    case 'DateTime':
      // Half a day from start to end: what may last a day at most must not fail by the millisecond between two clock reads.
      return inDays(
        /^(to|endsAt|\w+Until)$/.test(name) ? 40.5 : name === 'asOf' || name === 'scannedAt' ? 0 : 40,
      );
    case 'LocalDateTime':
      return inDays(/exdate|recurrenceId/i.test(name) ? 47 : 40).slice(0, 16);
    default:
      throw new UnknownArgumentError(`${field.name}: no value is known for the scalar ${scalar} of ${name}`);
  }
}

const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//walk//EN',
  'BEGIN:VEVENT',
  'UID:walk@example.com',
  'DTSTAMP:20270101T000000Z',
  'DTSTART:20300101T190000Z',
  'DURATION:PT1H',
  'SUMMARY:walk',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

/** What a well-formed text of this name looks like; without it the walk would only be told that it is malformed. */
const texts: Readonly<Record<string, () => string | null>> = {
  idempotencyKey: randomUUID,
  nonce: randomUUID,
  name: () => `walk ${randomUUID()}`,
  email: () => `walk-${randomUUID()}@example.com`,
  toEmail: () => 'walk@example.com',
  guestEmail: () => 'walk@example.com',
  phone: () => '+431234567',
  locale: () => 'de-AT',
  timeZone: () => 'Europe/Vienna',
  countryCode: () => 'AT',
  currency: () => 'EUR',
  currencies: () => 'EUR',
  sectionName: () => 'Floor',
  // The one seat of the walk sits beside nobody.
  companionOf: () => null,
  recurrence: () => 'FREQ=WEEKLY;COUNT=2',
  content: () => calendar,
  returnUrl: () => 'https://example.com/back',
  url: () => 'https://example.com/hook',
  networks: () => '203.0.113.0/24',
  newPassword: () => `walk ${randomUUID()}`,
  scopes: () => 'tickets:scan',
  provider: () => 'sandbox',
  paymentToken: () => 'approve',
  purpose: () => 'marketing-email',
  eventTypes: () => 'tickets.order-paid.v1',
  eventType: () => 'tickets.order-paid.v1',
  matching: () => 'tickets.*',
  filter: () => '{"data.total.currency":"EUR"}',
  eventId: () => null,
  voucherCode: () => 'ZANZIBAR',
  code: () => `WALK-${randomUUID().slice(0, 8).toUpperCase()}`,
  vatId: () => 'ATU13585627',
  reverseChargeCountries: () => 'DE',
  selection: () => '{ __typename }',
  settings: () => '{}',
  approvedScopes: () => 'tickets:scan',
  planCode: () => 'growth',
};

/** `venueId` names a venue, `exceptOccurrenceIds` occurrences, and a plain `id` what the field's own name says. */
function idFor(field: GraphQLField<unknown, unknown>, name: string, target: Target): string {
  const asked = name === 'id' ? `${field.name} ${getNamedType(field.type).name}` : name.replace(/Ids?$/, '');
  const words = asked.replaceAll(
    /(^|[^A-Za-z])([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
  const found = [...nodeTypes, ...Object.keys(aliases)]
    .filter((type) => words.includes(type))
    .toSorted((a, b) => b.length - a.length)[0];
  const type = found && (aliases[found] ?? (found as EntityType));
  const id = type && target.ids[type];
  if (!id)
    throw new UnknownArgumentError(`${field.name}: which thing does ${name} name? (${type ?? 'unknown'})`);
  return id;
}

/** Every field that needs no argument, so deep. */
function selectionOf(schema: GraphQLSchema, output: GraphQLOutputType, depth: number): string {
  const type: GraphQLNamedType = getNamedType(output);
  if (isLeafType(type)) return '';
  if (isUnionType(type) || isInterfaceType(type)) {
    const members = schema.getPossibleTypes(type);
    const clashes = clashingFields(members);
    const fragments = members.map((each) => `... on ${each.name} ${fieldsOf(schema, each, depth, clashes)}`);
    return `{ __typename ${fragments.join(' ')} }`;
  }
  if (isObjectType(type)) return fieldsOf(schema, type, depth);
  throw new UnknownArgumentError(`no selection is known for ${String(type)}`);
}

/** Fields that the members of a union type differently: one query may ask for them only under different names. */
function clashingFields(members: readonly GraphQLObjectType[]): ReadonlySet<string> {
  const types = new Map<string, string>();
  const clashing = new Set<string>();
  for (const field of members.flatMap((member) => Object.values(member.getFields()))) {
    const known = types.get(field.name) ?? field.type.toString();
    if (known !== field.type.toString()) clashing.add(field.name);
    types.set(field.name, known);
  }
  return clashing;
}

function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  depth: number,
  clashes: ReadonlySet<string> = new Set(),
): string {
  const fields = Object.values(type.getFields())
    .filter((field) => field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined))
    .filter((field) => isLeafType(getNamedType(field.type)) || depth > 1)
    .map((field) => {
      const alias = clashes.has(field.name) ? `${type.name}_${field.name}: ` : '';
      return `${alias}${field.name} ${selectionOf(schema, field.type, depth - 1)}`.trimEnd();
    });
  return `{ __typename ${fields.join(' ')} }`;
}
