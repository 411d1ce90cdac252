import { assert } from '@marquee/kernel';
import { catalogue, isEventType } from './catalogue.ts';
import type { JsonSchema } from './json-schemas.ts';

/** A field that the catalogue marks as personal (`encrypted`). */
export type EncryptedField = {
  /** The objects and arrays on the way to it and its own name; `*` is every element of an array. */
  readonly path: readonly string[];
  /** The field beside it that holds the id of the data subject. */
  readonly subject: string;
  /** What readers get once the subject was erased. */
  readonly erased: unknown;
};

const known = new Map<string, readonly EncryptedField[]>();

/** The marked fields of an event type; none where the catalogue does not know it. */
export function encryptedFields(type: string): readonly EncryptedField[] {
  const found = known.get(type);
  if (found) return found;
  const fields = isEventType(type) ? findEncrypted(catalogue[type] as unknown as JsonSchema) : [];
  // What is unknown is not kept: strangers could name any number of types.
  if (isEventType(type)) known.set(type, fields);
  return fields;
}

/** The marked fields of a schema. Throws where a mark is somewhere it cannot be followed to, or has no subject. */
export function findEncrypted(schema: JsonSchema, path: readonly string[] = []): EncryptedField[] {
  assert(!('x-marquee-encrypted' in schema), `/${path.join('/')} is marked and is no field of an object`);
  for (const alternative of (schema['anyOf'] ?? []) as JsonSchema[])
    assert(
      findEncrypted(alternative, path).length === 0,
      `/${path.join('/')} has a marked field in an alternative`,
    );
  if (schema['items']) return findEncrypted(schema['items'] as JsonSchema, [...path, '*']);
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.entries(properties).flatMap(([name, property]) => {
    const place = [...path, name];
    const subject = property['x-marquee-encrypted'];
    if (subject === undefined) return findEncrypted(property, place);
    assert(
      typeof subject === 'string' && properties[subject]?.['type'] === 'string' && required.includes(subject),
      `/${place.join('/')} is marked for the subject in ${String(subject)}, which is no required text beside it`,
    );
    return [{ path: place, subject, erased: property['x-marquee-erased'] }];
  });
}
