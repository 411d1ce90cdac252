import { Type } from 'typebox';
import { encrypted, event, instant, nullable, text, uuid } from './schemas.ts';

const ofGuest = { subject: 'guestId' };

const guest = {
  guestId: uuid,
  email: encrypted(text(254), ofGuest),
  name: encrypted(text(200), ofGuest),
  /** BCP 47. */
  locale: Type.Optional(text(35)),
  /** E.164. */
  phone: Type.Optional(encrypted(nullable(text(20)), { ...ofGuest, erased: null })),
};

export const guestsEvents = {
  'guests.guest-registered.v1': event('A guest is known to the organisation for the first time.', guest),
  'guests.guest-updated.v1': event('What is known of a guest changed. The whole guest, as it now is.', guest),
  'guests.preferences-updated.v1': event("A guest's preferences changed. All of them, as they now are.", {
    guestId: uuid,
    /** Needs of access and diet are among them: of health, before the law. */
    preferences: encrypted(Type.Array(Type.Object({ kind: text(50), value: text(200) }), { maxItems: 50 }), {
      ...ofGuest,
      erased: [],
    }),
  }),
  'guests.consent-recorded.v1': event('A guest gave consent for a purpose, or withdrew it.', {
    guestId: uuid,
    consentId: Type.Optional(uuid),
    purpose: text(100),
    granted: Type.Boolean(),
    /** Where it was given, such as `check-out`. */
    source: Type.Optional(nullable(text(200))),
  }),
  'guests.privacy-requested.v1': event(
    'Somebody asked for all that the platform has of a guest, or had it erased everywhere.',
    { requestId: uuid, guestId: uuid, kind: text(20) },
  ),
  'guests.privacy-completed.v1': event(
    'Every service answered: the archive, or the certificate of the erasure, is there.',
    {
      requestId: uuid,
      guestId: uuid,
      kind: text(20),
    },
  ),
  'guests.guest-deleted.v1': event(
    'A guest was deleted: the organisation sees the person no more, and can restore them for a while; after it they are erased. What they bought stays theirs.',
    { guestId: uuid, restorableUntil: instant },
  ),
  'guests.guest-restored.v1': event('A deleted guest is back: restored, or registered again.', {
    guestId: uuid,
  }),
  'guests.guests-notified.v1': event('There is something new in the notifications of these guests.', {
    guestIds: Type.Array(uuid, { minItems: 1, maxItems: 1000 }),
  }),
  'guests.guest-erased.v1': event(
    'What was personal of a guest is gone for ever. Who has a copy of it removes it; older events read as erased.',
    { guestId: uuid },
  ),
};
