import type { FieldEncryption } from '@marquee/event-log';
import type { Handlers } from '@marquee/messaging';
import { forgetGuest } from './forget-guest.ts';

/** What guests forgets, tickets forgets. */
export function erasureHandlers(encryption: FieldEncryption): Handlers {
  return {
    'guests.guest-erased.v1': ({ data }, tx) => forgetGuest(tx, encryption, data.guestId),
  };
}
