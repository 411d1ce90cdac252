import { venuePlaces } from './places.ts';
import type { Random } from './random.ts';
import type { SeedSeat, SeedSection, SeedSpace, SeedVenue } from './types.ts';

const dayMs = 86_400_000;

/** The forty venues, founded in the year and a half before the world's year. */
export function planVenues(random: Random, startMs: number): SeedVenue[] {
  return venuePlaces.map(({ organisation, city, name, line1 }) => {
    const createdMs = startMs - random.int(400, 540) * dayMs + random.int(9, 17) * 3_600_000;
    return {
      id: random.uuid(createdMs),
      organisationId: organisation.id,
      name,
      timeZone: city.timeZone,
      line1,
      city: city.name,
      countryCode: city.countryCode,
      currency: city.currency,
      latitude: round(city.latitude + (random.next() - 0.5) / 25),
      longitude: round(city.longitude + (random.next() - 0.5) / 25),
      createdMs,
    };
  });
}

/** Every venue has a seated hall; most have a standing room or a small studio as well. */
export function planSpaces(random: Random, venues: readonly SeedVenue[]): SeedSpace[] {
  return venues.flatMap((venue) => [
    seatedSpace(random, venue),
    ...(random.chance(0.6) ? [standingSpace(random, venue, 'Main Floor', random.int(15, 60) * 10)] : []),
    ...(random.chance(0.35) ? [standingSpace(random, venue, 'Studio', random.int(24, 48))] : []),
  ]);
}

type SpaceBase = Omit<SeedSpace, 'name' | 'capacity' | 'sections' | 'areas'>;

function spaceBase(random: Random, venue: SeedVenue): SpaceBase {
  const createdMs = venue.createdMs + random.int(1, 40) * 60_000;
  const publishedMs = createdMs + random.int(1, 72) * 3_600_000;
  return {
    id: random.uuid(createdMs),
    organisationId: venue.organisationId,
    venue,
    createdMs,
    seatMapId: random.uuid(publishedMs),
    publishedMs,
  };
}

function seatedSpace(random: Random, venue: SeedVenue): SeedSpace {
  const base = spaceBase(random, venue);
  const width = random.int(10, 18);
  const plans = [
    { name: 'Stalls', rows: random.int(7, 12), width },
    { name: 'Circle', rows: random.int(3, 5), width: width + 2 },
    ...(random.chance(0.3) ? [{ name: 'Balcony', rows: 3, width: width + 2 }] : []),
  ];
  let depth = 0;
  const sections = plans.map((plan) => {
    const section = seatedSection(random, base.publishedMs, plan, depth);
    depth += plan.rows + 2;
    return section;
  });
  const capacity = sections.reduce((sum, section) => sum + section.seats.length, 0);
  return { ...base, name: 'Auditorium', capacity, sections, areas: [] };
}

/** Seats stand on a metre grid around the middle aisle; the ends of the first row are the accessible places. */
function seatedSection(
  random: Random,
  atMs: number,
  plan: { readonly name: string; readonly rows: number; readonly width: number },
  depth: number,
): SeedSection {
  const seats: SeedSeat[] = [];
  for (let row = 0; row < plan.rows; row++) {
    for (let place = 0; place < plan.width; place++) {
      seats.push({
        id: random.uuid(atMs),
        row: String.fromCharCode(65 + row),
        label: String(place + 1),
        x: place - (plan.width - 1) / 2 + (place < plan.width / 2 ? -0.5 : 0.5),
        y: depth + row,
        accessible: row === 0 && (place === 0 || place === plan.width - 1),
      });
    }
  }
  return { id: random.uuid(atMs), name: plan.name, seats };
}

function standingSpace(random: Random, venue: SeedVenue, name: string, capacity: number): SeedSpace {
  const base = spaceBase(random, venue);
  return {
    ...base,
    name,
    capacity,
    sections: [],
    areas: [{ id: random.uuid(base.publishedMs), name, capacity }],
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
