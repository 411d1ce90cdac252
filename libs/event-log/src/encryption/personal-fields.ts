import { encryptedFields, type EncryptedField } from '@marquee/contracts';
import type { EventContent } from '../intercept.ts';
import type { KeyContext } from './key-management.ts';

/** A marked field of one event, where it is and whose. */
export type PersonalField = {
  /** JSON Pointer. */
  readonly pointer: string;
  readonly owner: KeyContext;
  readonly erased: unknown;
};

type Visit = (value: unknown, field: PersonalField) => unknown;

/** The event with each marked field that it has replaced by what `visit` answers. What is not on the way is shared. */
export function mapPersonal(
  event: EventContent,
  visit: Visit,
  fields: readonly EncryptedField[] = encryptedFields(event.type),
): EventContent {
  if (fields.length === 0 || typeof event.data !== 'object' || event.data === null) return event;
  let data = { ...event.data } as Record<string, unknown>;
  for (const field of fields) {
    if (field.path.length > 1) data = mapField(data, event, field, 0, '', visit) as Record<string, unknown>;
    else visitField(data, event, field, '', visit);
  }
  return { ...event, data };
}

function mapField(
  value: unknown,
  event: EventContent,
  field: EncryptedField,
  depth: number,
  pointer: string,
  visit: Visit,
): unknown {
  // Optional, or stored by an older schema: what is not there is not changed.
  if (typeof value !== 'object' || value === null) return value;
  const name = field.path[depth]!;
  if (name === '*') {
    if (!Array.isArray(value)) return value;
    return value.map((each, index) => mapField(each, event, field, depth + 1, `${pointer}/${index}`, visit));
  }
  const object = value as Readonly<Record<string, unknown>>;
  const child = object[name];
  if (child === undefined) return value;
  if (depth < field.path.length - 1) {
    const place = pointerTo(pointer, name);
    return { ...object, [name]: mapField(child, event, field, depth + 1, place, visit) };
  }
  const changed = { ...object };
  visitField(changed, event, field, pointer, visit);
  return changed;
}

/** Replaces the field in an object that is ours to change. */
function visitField(
  object: Record<string, unknown>,
  { organisationId }: EventContent,
  { path, subject: beside, erased }: EncryptedField,
  pointer: string,
  visit: Visit,
): void {
  const name = path.at(-1)!;
  const subject = object[beside];
  // Optional; and only a row that no append of ours has written has no owner beside it.
  if (object[name] === undefined || typeof subject !== 'string') return;
  const owner = { organisationId, subject };
  object[name] = visit(object[name], { pointer: pointerTo(pointer, name), owner, erased });
}

const pointerTo = (parent: string, name: string) =>
  `${parent}/${/[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name}`;
