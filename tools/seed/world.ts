import { organisations } from './organisations.ts';
import { planEvents } from './plan-events.ts';
import { planGuests } from './plan-guests.ts';
import { planSales } from './plan-sales.ts';
import { planScans } from './plan-scans.ts';
import { planTicketTypes } from './plan-ticket-types.ts';
import { planSpaces, planVenues } from './plan-venues.ts';
import { createRandom } from './random.ts';
import type { World } from './types.ts';

export type WorldOptions = {
  /** Any text; another seed gives another world. */
  readonly seed: string;
  /** `2027-03-20`: 00:00 UTC of this day is "now" for what was sold, held and scanned. */
  readonly startDay: string;
};

/** The whole demo world. Pure: the same options give the same world, to the last id. */
export function planWorld({ seed, startDay }: WorldOptions): World {
  const startMs = Date.parse(`${startDay}T00:00:00.000Z`);
  if (Number.isNaN(startMs)) throw new RangeError(`not a day: ${startDay}`);
  const random = (part: string) => createRandom(`${seed}/${part}`);
  const venues = planVenues(random('venues'), startMs);
  const spaces = planSpaces(random('spaces'), venues);
  const { events, occurrences } = planEvents(random('events'), spaces, startMs);
  const guests = planGuests(random('guests'), startMs);
  const ticketTypes = planTicketTypes(random('ticket types'), events);
  const { holds, orders } = planSales(random('sales'), startMs, occurrences, ticketTypes, guests);
  const scans = planScans(random('scans'), orders, startMs);
  return {
    seed,
    startMs,
    organisations,
    venues,
    spaces,
    events,
    occurrences,
    guests,
    ticketTypes,
    holds,
    orders,
    scans,
  };
}
