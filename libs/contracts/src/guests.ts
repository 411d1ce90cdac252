import { Type } from 'typebox';
import { nullable, text, uuid } from './schemas.ts';

const guest = {
  guestId: uuid,
  email: text(254),
  name: text(200),
  /** BCP 47. */
  locale: Type.Optional(text(35)),
  /** E.164. */
  phone: Type.Optional(nullable(text(20))),
};

export const guestsEvents = {
  'guests.guest-registered.v1': Type.Object(guest),
  'guests.guest-updated.v1': Type.Object(guest),
  'guests.preferences-updated.v1': Type.Object({
    guestId: uuid,
    preferences: Type.Array(Type.Object({ kind: text(50), value: text(200) }), { maxItems: 50 }),
  }),
  'guests.consent-recorded.v1': Type.Object({
    guestId: uuid,
    consentId: Type.Optional(uuid),
    purpose: text(100),
    granted: Type.Boolean(),
    /** Where it was given, such as `check-out`. */
    source: Type.Optional(nullable(text(200))),
  }),
};
