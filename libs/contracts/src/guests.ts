import { Type } from 'typebox';
import { event, nullable, text, uuid } from './schemas.ts';

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
  'guests.guest-registered.v1': event('A guest is known to the organisation for the first time.', guest),
  'guests.guest-updated.v1': event('What is known of a guest changed. The whole guest, as it now is.', guest),
  'guests.preferences-updated.v1': event("A guest's preferences changed. All of them, as they now are.", {
    guestId: uuid,
    preferences: Type.Array(Type.Object({ kind: text(50), value: text(200) }), { maxItems: 50 }),
  }),
  'guests.consent-recorded.v1': event('A guest gave consent for a purpose, or withdrew it.', {
    guestId: uuid,
    consentId: Type.Optional(uuid),
    purpose: text(100),
    granted: Type.Boolean(),
    /** Where it was given, such as `check-out`. */
    source: Type.Optional(nullable(text(200))),
  }),
};
