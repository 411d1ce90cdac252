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
export function mapPersonal(event: EventContent, visit: Visit): EventContent {
  const fields = encryptedFields(event.type);
  if (fields.length === 0) return event;
  const data = fields.reduce((changed, field) => mapField(changed, event, field, 0, '', visit), event.data);
  return { ...event, data };
}

/** Whose fields are in these events. */
export function ownersOf(events: readonly EventContent[]): KeyContext[] {
  const owners: KeyContext[] = [];
  for (const event of events)
    mapPersonal(event, (value, { owner }) => {
      owners.push(owner);
      return value;
    });
  return owners;
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
  const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (depth < field.path.length - 1)
    return { ...object, [name]: mapField(child, event, field, depth + 1, place, visit) };
  const subject = object[field.subject];
  // Only a row that no append of ours has written has no owner beside it.
  if (typeof subject !== 'string') return value;
  const owner = { organisationId: event.organisationId, subject };
  return { ...object, [name]: visit(child, { pointer: place, owner, erased: field.erased }) };
}
