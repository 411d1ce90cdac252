import { Temporal } from 'temporal-polyfill';
import { titles, type EventKind } from './names.ts';
import type { Random } from './random.ts';
import type { SeedEvent, SeedEventStatus, SeedOccurrence, SeedSpace } from './types.ts';

const dayMs = 86_400_000;
/** The world's year: what was on in the weeks before the start day, and what is on after it. */
const firstDay = -60;
const lastDay = 304;

export const occurrenceCount = 500;

type Pattern = { readonly recurrence: string | null; readonly days: readonly number[] };

type Slot = { readonly startsAtLocal: string; readonly startsMs: number; readonly endsMs: number };

const durations: Readonly<Record<EventKind, number>> = {
  play: 150,
  concert: 180,
  comedy: 120,
  family: 75,
  conference: 480,
};
const startTimes: Readonly<Record<EventKind, readonly string[]>> = {
  play: ['19:00', '19:30', '14:30'],
  concert: ['19:30', '20:00', '21:00'],
  comedy: ['20:00', '20:30', '22:15'],
  family: ['10:30', '11:00', '14:00'],
  conference: ['09:00', '09:30'],
};

/** Events until their occurrences are five hundred. No two occurrences overlap in a space. */
export function planEvents(
  random: Random,
  spaces: readonly SeedSpace[],
  startMs: number,
): { events: SeedEvent[]; occurrences: SeedOccurrence[] } {
  const taken = new Map<string, Slot[]>();
  const events: SeedEvent[] = [];
  const occurrences: SeedOccurrence[] = [];
  while (occurrences.length < occurrenceCount) {
    const kind = random.weighted({ play: 30, concert: 34, comedy: 14, family: 12, conference: 10 });
    const space = random.pick(spaces);
    const pattern = choosePattern(random, kind, occurrenceCount - occurrences.length);
    const offset = random.int(firstDay, lastDay - (pattern.days.at(-1) ?? 0));
    const slots = slotsOf(
      pattern,
      space.venue.timeZone,
      startMs,
      offset,
      random.pick(startTimes[kind]),
      durations[kind],
    );
    const busy = taken.get(space.id) ?? [];
    if (
      slots.some((slot) => busy.some((other) => slot.startsMs < other.endsMs && other.startsMs < slot.endsMs))
    )
      continue;
    taken.set(space.id, [...busy, ...slots]);
    const event = planEvent(random, { kind, space, pattern, slots, number: events.length, startMs });
    events.push(event);
    for (const slot of slots) occurrences.push(planOccurrence(random, event, slot, startMs));
  }
  return { events, occurrences };
}

/** A rule of RFC 5545 and the days, counted from the first, that it gives: a test expands the rule to compare. */
function choosePattern(random: Random, kind: EventKind, atMost: number): Pattern {
  const span = (count: number, step: number): number[] =>
    Array.from({ length: count }, (_, index) => index * step);
  if (kind === 'conference') {
    const count = Math.min(atMost, random.int(1, 3));
    return count === 1 ? once : { recurrence: `FREQ=DAILY;COUNT=${count}`, days: span(count, 1) };
  }
  const run = random.weighted({ once: kind === 'concert' ? 45 : 10, daily: 20, weekly: 35, fortnightly: 10 });
  const count = Math.min(atMost, run === 'daily' ? random.int(3, 10) : random.int(4, 12));
  if (run === 'once' || count === 1) return once;
  if (run === 'daily') return { recurrence: `FREQ=DAILY;COUNT=${count}`, days: span(count, 1) };
  if (run === 'weekly') return { recurrence: `FREQ=WEEKLY;COUNT=${count}`, days: span(count, 7) };
  return { recurrence: `FREQ=WEEKLY;INTERVAL=2;COUNT=${count}`, days: span(count, 14) };
}

const once: Pattern = { recurrence: null, days: [0] };

/** The wall time is kept over changes of the clocks: 19:00 stays 19:00. */
function slotsOf(
  pattern: Pattern,
  timeZone: string,
  startMs: number,
  offset: number,
  time: string,
  durationMinutes: number,
): Slot[] {
  const startDay = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO('UTC').toPlainDate();
  return pattern.days.map((day) => {
    const date = startDay.add({ days: offset + day });
    const startsMs = date.toZonedDateTime({
      timeZone,
      plainTime: Temporal.PlainTime.from(time),
    }).epochMilliseconds;
    return {
      startsAtLocal: `${date.toString()}T${time}`,
      startsMs,
      endsMs: startsMs + durationMinutes * 60_000,
    };
  });
}

type Plan = {
  readonly kind: EventKind;
  readonly space: SeedSpace;
  readonly pattern: Pattern;
  readonly slots: readonly Slot[];
  readonly number: number;
  readonly startMs: number;
};

function planEvent(random: Random, { kind, space, pattern, slots, number, startMs }: Plan): SeedEvent {
  const first = slots[0]!;
  const status = chooseStatus(random, first.startsMs, startMs);
  const createdMs =
    Math.min(first.startsMs - 100 * dayMs, startMs - 4 * dayMs) - random.int(0, 20 * 24) * 3_600_000;
  const publishedMs = status === 'DRAFT' ? null : createdMs + random.int(2, 30) * 3_600_000;
  const season = Math.floor(number / 40) + 1;
  const title = random.pick(titles[kind]);
  return {
    id: random.uuid(createdMs),
    organisationId: space.organisationId,
    title: season === 1 ? title : `${title} (${['II', 'III', 'IV', 'V', 'VI'][season - 2] ?? season})`,
    description: `${title} at ${space.venue.name}, ${space.venue.city}.`,
    space,
    timeZone: space.venue.timeZone,
    startsAtLocal: first.startsAtLocal,
    durationMinutes: durations[kind],
    recurrence: pattern.recurrence,
    kind,
    status,
    createdMs,
    publishedMs,
    cancelledMs: status === 'CANCELLED' ? startMs - random.int(2, 20) * 3_600_000 : null,
  };
}

/** Only what lies ahead is cancelled, and only what lies far ahead is still a draft. */
function chooseStatus(random: Random, firstStartsMs: number, startMs: number): SeedEventStatus {
  if (firstStartsMs < startMs + 2 * dayMs) return 'PUBLISHED';
  if (random.chance(0.05)) return 'CANCELLED';
  return firstStartsMs > startMs + 150 * dayMs && random.chance(0.3) ? 'DRAFT' : 'PUBLISHED';
}

function planOccurrence(random: Random, event: SeedEvent, slot: Slot, startMs: number): SeedOccurrence {
  const alone = event.status === 'PUBLISHED' && slot.startsMs > startMs + 7 * dayMs && random.chance(0.015);
  return {
    id: random.uuid(event.createdMs),
    organisationId: event.organisationId,
    event,
    bookingId: random.uuid(event.createdMs + 1000),
    ...slot,
    status: alone || event.status === 'CANCELLED' ? 'CANCELLED' : 'SCHEDULED',
    cancelledMs: event.cancelledMs ?? (alone ? startMs - random.int(30, 60) * 3_600_000 : null),
  };
}
