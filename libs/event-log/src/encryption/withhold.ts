import { encryptedFields, type DomainEvent } from '@marquee/contracts';
import type { EventInterceptor } from '../intercept.ts';
import { mapPersonal } from './personal-fields.ts';

/**
 * Leaves out what the catalogue marks as personal, enciphered or not: each such field reads as it does once its subject
 * was erased, which fits the schema. For a relay: what is not in the broker need not be erased there.
 */
export const withholding: EventInterceptor = (event) => mapPersonal(event, (_value, { erased }) => erased);

/** Whether all that is personal in an event reads as withheld, or as erased. False where nothing is personal. */
export function isWithheld(
  event: Pick<DomainEvent, 'id' | 'streamId' | 'organisationId' | 'type' | 'data'>,
): boolean {
  if (encryptedFields(event.type).length === 0) return false;
  let [fields, withheld] = [0, 0];
  mapPersonal(event, (value, { erased }) => {
    fields++;
    if (JSON.stringify(value) === JSON.stringify(erased)) withheld++;
    return value;
  });
  return fields > 0 && fields === withheld;
}
