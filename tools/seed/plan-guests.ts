import { inventPerson } from './names.ts';
import { demoGuest, harbour, kumo, northlight } from './organisations.ts';
import type { Random } from './random.ts';
import type { SeedGuest } from './types.ts';

const dayMs = 86_400_000;

export const guestCounts = [
  { organisation: northlight, count: 9_000 },
  { organisation: harbour, count: 6_500 },
  { organisation: kumo, count: 4_500 },
] as const;

const locales: Readonly<Record<string, string>> = { GB: 'en-GB', US: 'en-US', JP: 'ja' };

function consentAt(random: Random, atMs: number): { readonly id: string; readonly atMs: number } {
  return { id: random.uuid(atMs), atMs };
}

/** Twenty thousand guests, registered over the year before the start day; the first is the demo guest. */
export function planGuests(random: Random, startMs: number): SeedGuest[] {
  return guestCounts.flatMap(({ organisation, count }) =>
    Array.from({ length: count }, (_, index): SeedGuest => {
      const isDemoGuest = organisation === demoGuest.organisation && index === 0;
      const person = isDemoGuest ? demoGuest : inventPerson(random, organisation, index + 1);
      const registeredMs = startMs - random.int(62 * 24, 365 * 24) * 3_600_000 + random.int(0, 3_599_999);
      return {
        id: random.uuid(registeredMs),
        organisationId: organisation.id,
        name: person.name,
        email: person.email,
        registeredMs,
        locale: locales[organisation.countryCode] ?? 'en',
        consent: random.chance(0.3) ? consentAt(random, registeredMs + random.int(1, 20) * dayMs) : null,
      };
    }),
  );
}
