import { eventInput, newKey, seatMapInput, venueInput, type PlannedEvent } from './organisation.ts';

/**
 * A refusal by type (and the field it names), or an error that names the field in its message: what GraphQL itself
 * finds wrong with a variable never reaches a service.
 */
type Expected = { readonly refusal: string; readonly field?: string } | { readonly error: RegExp };

export type Case = {
  readonly what: string;
  readonly operation: string;
  readonly variables: (stage: Stage) => Record<string, unknown>;
  readonly expected: Expected;
};

export type Stage = PlannedEvent & {
  /** Of the same kind, well-formed, and nobody's. */
  readonly unknown: {
    readonly space: string;
    readonly event: string;
    readonly occurrence: string;
    readonly ticketType: string;
  };
};

const long = 'x'.repeat(1_000_000);
const event = (stage: Stage, change: object) => ({
  input: { ...eventInput(stage.spaceId, 'Bad'), ...change },
});
const ticketType = (stage: Stage, change: object) => ({
  input: {
    eventId: stage.eventId,
    name: 'Bad',
    price: { amountMinor: 100, currency: 'EUR' },
    quotaSize: 10,
    ...change,
  },
});
const hold = (stage: Stage, change: object, item: object = {}) => ({
  input: {
    idempotencyKey: newKey(),
    occurrenceId: stage.occurrenceIds[0],
    items: [{ ticketTypeId: stage.standingId, quantity: 1, ...item }],
    ...change,
  },
});

export const cases: readonly Case[] = [
  bad(
    'a malformed id',
    'CreateSpace',
    () => ({ input: { venueId: 'nonsense', name: 'Bad', capacity: 10 } }),
    'InvalidInput',
    'venueId',
  ),
  bad(
    'an id of another kind',
    'CreateSpace',
    (s) => ({ input: { venueId: s.eventId, name: 'Bad', capacity: 10 } }),
    'InvalidInput',
    'venueId',
  ),
  bad('an unknown space', 'CreateEvent', (s) => event(s, { spaceId: s.unknown.space }), 'NotFound'),
  bad('an unknown event', 'PublishEvent', (s) => ({ id: s.unknown.event }), 'NotFound'),
  bad(
    'an unknown occurrence',
    'HoldTickets',
    (s) => hold(s, { occurrenceId: s.unknown.occurrence }),
    'NotFound',
  ),
  bad(
    'an unknown ticket type',
    'HoldTickets',
    (s) => hold(s, {}, { ticketTypeId: s.unknown.ticketType }),
    'NotFound',
  ),
  bad(
    'a rule that is none',
    'CreateEvent',
    (s) => event(s, { recurrence: 'EVERY TUESDAY' }),
    'InvalidInput',
    'recurrence',
  ),
  bad(
    'a rule with a bad part',
    'CreateEvent',
    (s) => event(s, { recurrence: 'FREQ=WEEKLY;COUNT=-4' }),
    'InvalidInput',
    'recurrence',
  ),
  bad(
    'a rule every second',
    'CreateEvent',
    (s) => event(s, { recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }),
    'InvalidInput',
    'recurrence',
  ),
  bad(
    'a past date',
    'CreateEvent',
    (s) => event(s, { startsAtLocal: '2001-01-01T19:00' }),
    'PastDate',
    'startsAtLocal',
  ),
  bad(
    'a day that does not exist',
    'CreateEvent',
    (s) => event(s, { startsAtLocal: '2031-02-30T19:00' }),
    /startsAtLocal/,
  ),
  bad(
    'an unknown time zone',
    'CreateEvent',
    (s) => event(s, { timeZone: 'Mars/Olympus' }),
    'InvalidInput',
    'timeZone',
  ),
  bad(
    'no length',
    'CreateEvent',
    (s) => event(s, { durationMinutes: -5 }),
    'InvalidInput',
    'durationMinutes',
  ),
  bad('an empty title', 'CreateEvent', (s) => event(s, { title: '  ' }), 'InvalidInput', 'title'),
  bad('a title of one megabyte', 'CreateEvent', (s) => event(s, { title: long }), 'InvalidInput', 'title'),
  bad(
    'an empty key',
    'CreateEvent',
    (s) => event(s, { idempotencyKey: '' }),
    'InvalidInput',
    'idempotencyKey',
  ),
  bad('a taken space', 'CreateEvent', (s) => event(s, {}), 'SpaceConflict'),
  bad(
    'a name of one megabyte',
    'CreateVenue',
    () => ({ input: { ...venueInput('Bad'), name: long } }),
    'InvalidInput',
    'name',
  ),
  bad(
    'a country that is none',
    'CreateVenue',
    () => ({ input: { ...venueInput('Bad'), address: { line1: 'x', city: 'x', countryCode: 'Austria' } } }),
    'InvalidInput',
    'address.countryCode',
  ),
  bad(
    'a place beyond the pole',
    'CreateVenue',
    () => ({ input: { ...venueInput('Bad'), location: { latitude: 91, longitude: 0 } } }),
    'InvalidInput',
    'location.latitude',
  ),
  bad(
    'no capacity',
    'CreateSpace',
    (s) => ({ input: { venueId: s.venueId, name: 'Bad', capacity: 0 } }),
    'InvalidInput',
    'capacity',
  ),
  bad(
    'a capacity past 32 bits',
    'CreateSpace',
    (s) => ({ input: { venueId: s.venueId, name: 'Bad', capacity: 3_000_000_000 } }),
    /capacity/,
  ),
  bad(
    'two sections of one name',
    'PublishSeatMap',
    (s) => {
      const map = seatMapInput(s.spaceId);
      return { input: { ...map, sections: [...map.sections, ...map.sections] } };
    },
    'InvalidInput',
  ),
  bad(
    'more seats than the space may hold',
    'PublishSeatMap',
    (s) => ({
      input: { ...seatMapInput(s.spaceId), generalAdmissionAreas: [{ name: 'Floor', capacity: 5_000 }] },
    }),
    'CapacityExceeded',
  ),
  bad(
    'a negative price',
    'CreateTicketType',
    (s) => ticketType(s, { price: { amountMinor: -1, currency: 'EUR' } }),
    'InvalidInput',
    'price.amountMinor',
  ),
  bad(
    'an unknown currency',
    'CreateTicketType',
    (s) => ticketType(s, { price: { amountMinor: 1, currency: 'XYZ' } }),
    'InvalidInput',
    'price.currency',
  ),
  bad(
    'a price that is no number',
    'CreateTicketType',
    (s) => ticketType(s, { price: { amountMinor: '1e3', currency: 'EUR' } }),
    /amountMinor/,
  ),
  bad(
    'a negative quota',
    'CreateTicketType',
    (s) => ticketType(s, { quotaSize: -1 }),
    'InvalidInput',
    'quotaSize',
  ),
  bad(
    'a section that is not there',
    'CreateTicketType',
    (s) => ticketType(s, { sectionName: 'Moon' }),
    'InvalidInput',
    'sectionName',
  ),
  bad('no tickets', 'HoldTickets', (s) => hold(s, {}, { quantity: 0 }), 'InvalidInput'),
  bad('minus two tickets', 'HoldTickets', (s) => hold(s, {}, { quantity: -2 }), 'InvalidInput'),
  bad('nothing at all', 'HoldTickets', (s) => hold(s, { items: [] }), 'InvalidInput', 'items'),
  bad('more than an order may hold', 'HoldTickets', (s) => hold(s, {}, { quantity: 7 }), 'InvalidInput'),
  bad(
    'a key of one megabyte',
    'HoldTickets',
    (s) => hold(s, { idempotencyKey: long }),
    'InvalidInput',
    'idempotencyKey',
  ),
  bad(
    'an address that is none',
    'CheckOut',
    (s) => ({
      input: {
        idempotencyKey: newKey(),
        holdId: s.unknown.ticketType.replace('tty_', 'hld_'),
        guest: { email: 'x', name: 'X' },
      },
    }),
    'InvalidInput',
    'guest.email',
  ),
  bad(
    'a credential that is none',
    'ScanTicket',
    (s) => ({
      input: {
        occurrenceId: s.occurrenceIds[0],
        credential: 'nonsense',
        nonce: newKey(),
        scannedAt: new Date().toISOString(),
        deviceId: 'door',
      },
    }),
    'ScanRejected',
  ),
];

function bad(
  what: string,
  name: string,
  variables: Case['variables'],
  refusal: string | RegExp,
  field?: string,
): Case {
  const expected = typeof refusal === 'string' ? { refusal, ...(field && { field }) } : { error: refusal };
  return { what, operation: name, variables, expected };
}
