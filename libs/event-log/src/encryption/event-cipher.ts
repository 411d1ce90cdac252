import type { KeyObject } from 'node:crypto';
import type { EventContent } from '../intercept.ts';
import { decipher, encipher } from './cipher.ts';
import { FieldEncryptionError } from './encryption-error.ts';
import type { KeyContext } from './key-management.ts';
import { mapPersonal, type PersonalField } from './personal-fields.ts';
import type { SubjectKey } from './subject-keys.ts';

/**
 * In place of a field's value; an object, so that it cannot be taken for a text of the field's own. An event's fields of
 * one person are enciphered together, for the operation costs more than its bytes: the first of them (by pointer) holds
 * `v1.` and the cipher text of all their values as a JSON array, each other one the pointer of the first.
 */
type Enciphered = { readonly $encrypted: string };
const format = 'v1.';

/** The fields of an event that are one person's. */
export type OwnedFields = {
  readonly owner: KeyContext;
  /** By pointer in the order of the alphabet: the catalogue's own order may change. */
  readonly fields: readonly { readonly field: PersonalField; readonly value: unknown }[];
};

export type KeyFor = (owner: KeyContext) => SubjectKey;
export type EventCipher = {
  /** What of an event concerns this cipher. */
  select(event: EventContent): OwnedFields[];
  change(event: EventContent, owned: readonly OwnedFields[], keyFor: KeyFor): EventContent;
};

export const enciphering: EventCipher = {
  select: (event) => ownedFields(event, () => true),
  change: (event, owned, keyFor) => replace(event, owned, (each) => encipherFields(event, each, keyFor)),
};

export const deciphering: EventCipher = {
  select: (event) => ownedFields(event, isEnciphered),
  change: (event, owned, keyFor) => replace(event, owned, (each) => decipherFields(event, each, keyFor)),
};

function ownedFields(event: EventContent, isOurs: (value: unknown) => boolean): OwnedFields[] {
  const bySubject = new Map<
    string,
    { owner: KeyContext; fields: { field: PersonalField; value: unknown }[] }
  >();
  mapPersonal(event, (value, field) => {
    if (!isOurs(value)) return value;
    const { owner } = field;
    const owned = bySubject.get(owner.subject);
    if (owned) owned.fields.push({ field, value });
    else bySubject.set(owner.subject, { owner, fields: [{ field, value }] });
    return value;
  });
  const order = (one: { field: PersonalField }, other: { field: PersonalField }) =>
    one.field.pointer < other.field.pointer ? -1 : 1;
  return [...bySubject.values()].map(({ owner, fields }) => ({ owner, fields: fields.sort(order) }));
}

/** `values` answers a value for each of the fields, in their order. */
function replace(
  event: EventContent,
  owned: readonly OwnedFields[],
  values: (owned: OwnedFields) => readonly unknown[],
): EventContent {
  const replaced = new Map<string, unknown>();
  for (const each of owned) {
    const all = values(each);
    for (const [index, { field }] of each.fields.entries()) replaced.set(field.pointer, all[index]);
  }
  return mapPersonal(event, (value, { pointer }) => (replaced.has(pointer) ? replaced.get(pointer) : value));
}

function encipherFields(event: EventContent, owned: OwnedFields, keyFor: KeyFor): Enciphered[] {
  const key = keyFor(owned.owner);
  if (key === 'erased') {
    const message = `${event.type}: its subject was erased, nothing personal is stored`;
    throw new FieldEncryptionError('SUBJECT_ERASED', message);
  }
  if (key === 'missing') throw missing(event, owned);
  const plain = JSON.stringify(owned.fields.map(({ value }) => value));
  const sealed = encipher(key, plain, additionalData(event, owned));
  const first = owned.fields[0]!.field;
  return owned.fields.map(({ field }) => ({
    $encrypted: field === first ? format + sealed.toString('base64url') : first.pointer,
  }));
}

function decipherFields(event: EventContent, owned: OwnedFields, keyFor: KeyFor): readonly unknown[] {
  const key = keyFor(owned.owner);
  if (key === 'erased') return owned.fields.map(({ field }) => field.erased);
  if (key === 'missing') throw missing(event, owned);
  try {
    return open(key, event, owned);
  } catch (cause) {
    const message = `${pointersOf(owned).join(', ')} of event ${event.id} were not enciphered for this place by this key`;
    throw new FieldEncryptionError('FORGED', message, { cause });
  }
}

function open(key: KeyObject, event: EventContent, owned: OwnedFields): readonly unknown[] {
  const { $encrypted } = owned.fields[0]!.value as Enciphered;
  const sealed = Buffer.from($encrypted.slice(format.length), 'base64url');
  return JSON.parse(decipher(key, sealed, additionalData(event, owned)).toString()) as unknown[];
}

/** What a cipher text is bound to: with another event, type, person or set of fields it does not open. */
function additionalData({ id, type }: EventContent, owned: OwnedFields): string {
  const { organisationId, subject } = owned.owner;
  return JSON.stringify([organisationId, subject, id, type, pointersOf(owned)]);
}

const pointersOf = ({ fields }: OwnedFields) => fields.map(({ field }) => field.pointer);

function isEnciphered(value: unknown): value is Enciphered {
  if (typeof value !== 'object' || value === null) return false;
  const { $encrypted } = value as Partial<Enciphered>;
  if (typeof $encrypted !== 'string' || Object.keys(value).length !== 1) return false;
  return $encrypted.startsWith(format) || $encrypted.startsWith('/');
}

function missing({ id }: EventContent, owned: OwnedFields): FieldEncryptionError {
  const message = `there is no key for ${pointersOf(owned).join(', ')} of event ${id}, nor was one erased`;
  return new FieldEncryptionError('KEY_MISSING', message);
}
