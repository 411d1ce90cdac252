import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

/** A person known to one organisation by the e-mail address. `id` is the bare UUID. */
export type Guest = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** BCP 47. */
  readonly locale: string;
  /** E.164. */
  readonly phone: string | null;
  readonly preferences: readonly Preference[];
  readonly registeredAt: Date;
  readonly updatedAt: Date;
  /** Since when nothing is known of the person but that there was one. */
  readonly erasedAt: Date | null;
};

/** What is left of a guest who was erased. The domain can never exist (RFC 6761). */
export function erasedGuest(guest: Guest): Guest {
  return {
    ...guest,
    name: 'Erased guest',
    email: `${guest.id}@erased.invalid`,
    locale: 'en',
    phone: null,
    preferences: [],
  };
}

export const preferenceKinds = ['DIETARY', 'SEATING', 'ACCESSIBILITY'] as const;
export type PreferenceKind = (typeof preferenceKinds)[number];
export type Preference = { readonly kind: PreferenceKind; readonly value: string };

/** What may be changed of a guest; absent means unchanged. */
export type GuestChanges = {
  readonly name?: string;
  readonly email?: string;
  readonly locale?: string;
  readonly phone?: string | null;
};

/** As much of a viewer as decides what it may do with guests. */
export type GuestViewer = { readonly email?: string; readonly scopes: readonly string[] };

export const nameLimit = { min: 1, max: 200 };
const preferenceLimit = 50;
const preferenceValueLimit = 200;

/** Whose addresses these are does not depend on case: see the migration's `email_key`. */
export function isSameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isOwn(viewer: GuestViewer, guest: { readonly email: string }): boolean {
  return viewer.email !== undefined && isSameEmail(viewer.email, guest.email);
}

export function mayReadGuest(viewer: GuestViewer, guest: { readonly email: string }): boolean {
  return viewer.scopes.includes('guests:read') || isOwn(viewer, guest);
}

export function mayChangeGuest(viewer: GuestViewer, guest: { readonly email: string }): boolean {
  return viewer.scopes.includes('guests:manage') || isOwn(viewer, guest);
}

/**
 * Which guest a viewer is follows from the e-mail address, so a viewer who could set it could become anyone: only
 * staff may, and the owner's own request for a new one has to be verified first (by the identity service).
 */
export function mayChangeEmail(
  viewer: GuestViewer,
  guest: { readonly email: string },
  email: string,
): boolean {
  return viewer.scopes.includes('guests:manage') || isSameEmail(guest.email, email);
}

/** The guest with the changes made, or null where they change nothing. */
export function changeGuest(guest: Guest, changes: GuestChanges): Guest | null {
  const changed = { ...guest, ...changes };
  const keys = Object.keys(changes) as (keyof GuestChanges)[];
  return keys.some((key) => changed[key] !== guest[key]) ? changed : null;
}

/** A BCP 47 tag in canonical form: `en-gb` becomes `en-GB`. */
export function parseLocale(field: string, value: string): Outcome<string, InvalidInput> {
  const refusal = invalid(field, 'must be a BCP 47 language tag, such as de-AT');
  if (value.length > 35) return refusal;
  try {
    const [locale] = Intl.getCanonicalLocales(value);
    return locale === undefined ? refusal : accept(locale);
  } catch {
    return refusal;
  }
}

/** E.164 without the spaces, dots, hyphens and brackets that people write. */
export function parsePhone(field: string, value: string): Outcome<string, InvalidInput> {
  const digits = value.length > 50 ? '' : value.replaceAll(/[\s().\-/]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(digits)
    ? accept(digits)
    : invalid(field, 'must be a telephone number with its country code, such as +43 1 234567');
}

/** Trimmed, in the order given, each once (without regard to case). */
export function parsePreferences(
  field: string,
  given: readonly Preference[],
): Outcome<readonly Preference[], InvalidInput> {
  if (given.length > preferenceLimit) return invalid(field, `must be at most ${preferenceLimit}`);
  const known = new Map<string, Preference>();
  for (const [index, { kind, value }] of given.entries()) {
    const trimmed = value.trim();
    if (trimmed === '' || trimmed.length > preferenceValueLimit || hasControlCharacter(trimmed)) {
      return invalid(
        `${field}.${index}.value`,
        `must be 1 to ${preferenceValueLimit} characters of plain text`,
      );
    }
    const key = `${kind} ${trimmed.toLowerCase()}`;
    if (!known.has(key)) known.set(key, { kind, value: trimmed });
  }
  return accept([...known.values()]);
}

function hasControlCharacter(value: string): boolean {
  return /\p{Cc}/u.test(value);
}

export function isSamePreferences(one: readonly Preference[], other: readonly Preference[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ kind, value }, index) => kind === other[index]?.kind && value === other[index]?.value)
  );
}
