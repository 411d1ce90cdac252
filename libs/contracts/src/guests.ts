import { Type } from 'typebox';
import { text, uuid } from './schemas.ts';

export const guestsEvents = {
  'guests.guest-registered.v1': Type.Object({ guestId: uuid, email: text(254), name: text(200) }),
  'guests.guest-updated.v1': Type.Object({ guestId: uuid, email: text(254), name: text(200) }),
  'guests.preferences-updated.v1': Type.Object({
    guestId: uuid,
    preferences: Type.Array(Type.Object({ kind: text(50), value: text(200) }), { maxItems: 50 }),
  }),
  'guests.consent-recorded.v1': Type.Object({
    guestId: uuid,
    purpose: text(100),
    granted: Type.Boolean(),
  }),
};
