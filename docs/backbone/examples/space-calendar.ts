// The aggregate of the examples: one space of a venue, which takes one booking for each day.
import { defineAggregate, type SnapshotPolicy } from '@marquee/event-log';
import type { NewEvent } from '@marquee/contracts';
import { accept, refuse } from '@marquee/kernel';

export type CalendarEvent = NewEvent<'venues.space-booked.v1' | 'venues.space-released.v1'>;

/** A booking's day, such as `2027-03-20`, by the occurrence it is for. */
export type Calendar = { readonly [occurrenceId: string]: string };

export type CalendarCommand =
  | { readonly kind: 'book'; readonly spaceId: string; readonly occurrenceId: string; readonly day: string }
  | { readonly kind: 'release'; readonly spaceId: string; readonly occurrenceId: string };

/** Pure: what is asked for and the state decide, and the events make the next state. */
export const defineSpaceCalendar = (snapshots?: SnapshotPolicy) =>
  defineAggregate({
    name: 'space',
    initial: {} as Calendar,
    decide: (command: CalendarCommand, calendar) => {
      const { spaceId, occurrenceId } = command;
      const known = calendar[occurrenceId];
      switch (command.kind) {
        case 'book':
          // Asked for again: nothing to do, and no refusal.
          if (known === command.day) return accept<readonly CalendarEvent[]>([]);
          return Object.values(calendar).includes(command.day)
            ? refuse({ kind: 'DayTaken', message: `The space is taken on ${command.day}.` })
            : accept<readonly CalendarEvent[]>([booked(spaceId, occurrenceId, command.day)]);
        case 'release':
          return known === undefined
            ? refuse({ kind: 'NotBooked', message: 'There is no such booking.' })
            : accept<readonly CalendarEvent[]>([
                { type: 'venues.space-released.v1', data: { spaceId, occurrenceId, revision: 1 } },
              ]);
      }
    },
    evolve: (calendar, event: CalendarEvent): Calendar => {
      if (event.type === 'venues.space-booked.v1')
        return { ...calendar, [event.data.occurrenceId]: event.data.startsAt.slice(0, 10) };
      const { [event.data.occurrenceId]: _, ...rest } = calendar;
      return rest;
    },
    ...(snapshots && { snapshots }),
  });

const booked = (spaceId: string, occurrenceId: string, day: string): CalendarEvent => ({
  type: 'venues.space-booked.v1',
  data: {
    bookingId: occurrenceId,
    spaceId,
    occurrenceId,
    startsAt: `${day}T18:00:00.000Z`,
    endsAt: `${day}T22:00:00.000Z`,
    revision: 1,
  },
});

export const spaceCalendar = defineSpaceCalendar();
