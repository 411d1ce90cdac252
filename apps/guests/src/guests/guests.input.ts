import { accept, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseKeyset, type KeysetPage } from '@marquee/postgres';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseOptional,
  parsePage,
  parseText,
} from '@marquee/subgraph';
import type {
  EraseGuestInput,
  QueryGuestsArgs,
  RegisterGuestInput,
  UpdateGuestInput,
  UpdatePreferencesInput,
} from '../generated/schema.ts';
import { parseEmail } from './email.ts';
import {
  nameLimit,
  parseLocale,
  parsePhone,
  parsePreferences,
  type GuestChanges,
  type Preference,
} from './guest.ts';
import type { Registration } from './register-guest.ts';

type Parsed<T> = Outcome<T, InvalidInput>;
type Keyed<T> = T & { readonly idempotencyKey: string | null };

function parseName(value: string): Parsed<string> {
  return parseText('name', value, nameLimit);
}

export function readRegistration(input: RegisterGuestInput): Parsed<Registration> {
  return parseAll({
    email: parseEmail('email', input.email),
    name: parseName(input.name),
    locale: parseLocale('locale', input.locale ?? 'en'),
  });
}

/** An absent field stays as it is; null means the same, except for `phone`, which it removes. */
function readChanges(input: UpdateGuestInput): Parsed<GuestChanges> {
  const parsed = parseAll({
    name: parseOptional(input.name, parseName),
    email: parseOptional(input.email, (value) => parseEmail('email', value)),
    locale: parseOptional(input.locale, (value) => parseLocale('locale', value)),
    phone: parseOptional(input.phone, (value) => parsePhone('phone', value)),
  });
  if (!parsed.ok) return parsed;
  const { name, email, locale, phone } = parsed.value;
  return accept({
    ...(name !== null && { name }),
    ...(email !== null && { email }),
    ...(locale !== null && { locale }),
    ...(input.phone !== undefined && { phone }),
  });
}

export function readUpdate(
  input: UpdateGuestInput,
): Parsed<Keyed<{ readonly guestId: string; readonly changes: GuestChanges }>> {
  return parseAll({
    guestId: parseId('Guest', 'id', input.id),
    idempotencyKey: readKey(input),
    changes: readChanges(input),
  });
}

export function readPreferences(
  input: UpdatePreferencesInput,
): Parsed<Keyed<{ readonly guestId: string; readonly preferences: readonly Preference[] }>> {
  return parseAll({
    guestId: parseId('Guest', 'guestId', input.guestId),
    idempotencyKey: readKey(input),
    preferences: parsePreferences('preferences', input.preferences),
  });
}

export function readErasure(input: EraseGuestInput): Parsed<Keyed<{ readonly guestId: string }>> {
  return parseAll({ guestId: parseId('Guest', 'guestId', input.guestId), idempotencyKey: readKey(input) });
}

function readKey(input: { readonly idempotencyKey?: string | null | undefined }): Parsed<string | null> {
  return parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key));
}

export function readGuestsPage(
  args: Partial<QueryGuestsArgs>,
): Parsed<{ readonly page: KeysetPage; readonly search: string | null }> {
  const page = parsePage(args);
  if (!page.ok) return page;
  const parsed = parseAll({
    page: parseKeyset(page.value, ['text', 'uuid']),
    search: parseText('search', args.search ?? '', { min: 0, max: 200 }),
  });
  return parsed.ok ? accept({ page: parsed.value.page, search: parsed.value.search || null }) : parsed;
}
