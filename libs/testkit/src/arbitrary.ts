import fc, { type Arbitrary } from 'fast-check';
import { catalogue, type EventType, type NewEvent } from '@marquee/contracts';

/** The part of JSON Schema that the catalogue is written in. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** For property tests: any data that fits a schema of the catalogue. Throws on a keyword it does not know. */
export function arbitraryData(schema: object): Arbitrary<unknown> {
  const { type, anyOf, ...rest } = schema as Schema;
  if ('const' in rest) return fc.constant(rest.const);
  if (anyOf) return fc.oneof(...anyOf.map(arbitraryData));
  switch (type) {
    case 'string':
      return arbitraryString(rest);
    case 'integer':
      return fc.integer({ min: rest.minimum ?? -1_000_000, max: rest.maximum ?? 1_000_000 });
    case 'number':
      // -0 does not survive JSON.
      return fc
        .double({ min: rest.minimum ?? -1e9, max: rest.maximum ?? 1e9, noNaN: true })
        .map((number) => number + 0);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryData(rest.items ?? {}), {
        minLength: rest.minItems ?? 0,
        maxLength: Math.min(rest.maxItems ?? 5, Math.max(rest.minItems ?? 0, 5)),
      });
    case 'object':
      return arbitraryObject(rest);
    default:
      throw new Error(`no arbitrary for the schema ${JSON.stringify(schema)}`);
  }
}

/** For property tests: any event of this type; without one, any event at all. */
export function arbitraryEvent<Type extends EventType>(type?: Type): Arbitrary<NewEvent<Type>> {
  const types = type ? [type] : (Object.keys(catalogue) as Type[]);
  return fc.oneof(
    ...types.map((each) =>
      arbitraryData(catalogue[each]).map((data) => ({ type: each, data }) as NewEvent<Type>),
    ),
  );
}

function arbitraryString({ pattern, minLength = 0, maxLength = 20 }: Schema): Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  // PostgreSQL's jsonb holds neither NUL nor half a surrogate pair; `grapheme` makes no halves.
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, Math.max(minLength, 20)) })
    .map((text) => [...text.replaceAll('\0', ' ')].slice(0, maxLength).join(''));
}

function arbitraryObject({ properties = {}, required = [] }: Schema): Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, arbitraryData(property)]),
  );
  return fc.record(fields, {
    requiredKeys: required.filter((name) => name in fields),
    noNullPrototype: true,
  });
}
