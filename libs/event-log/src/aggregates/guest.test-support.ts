import type { NewEvent } from '@marquee/contracts';
import { accept, refuse } from '@marquee/kernel';
import { defineAggregate, type SnapshotPolicy } from '../index.ts';

/** A guest whose preferences are told one by one: an aggregate made of the catalogue's own events. */
export type Guest = {
  readonly email: string | null;
  readonly names: readonly string[];
  readonly registrations: number;
};
export type GuestCommand = {
  readonly guestId: string;
  readonly email: string;
  readonly names: readonly string[];
};
export type GuestEvent = NewEvent<'guests.guest-registered.v1'>;

const maxNames = 1_000_000;

/** Takes any number of names at once: an event for each. */
export const defineGuest = (snapshots?: SnapshotPolicy) =>
  defineAggregate({
    name: 'guest',
    initial: { email: null, names: [], registrations: 0 } as Guest,
    decide: ({ guestId, email, names }: GuestCommand, state: Guest) => {
      if (state.email !== null && state.email !== email)
        return refuse({ kind: 'OtherGuest', message: 'That is another guest.' });
      if (state.registrations + names.length > maxNames)
        return refuse({ kind: 'TooManyNames', message: 'Nobody has so many names.' });
      return accept(
        names.map((name): GuestEvent => ({
          type: 'guests.guest-registered.v1',
          data: { guestId, email, name },
        })),
      );
    },
    evolve: (state: Guest, { data }: GuestEvent): Guest => ({
      email: data.email,
      names: [...state.names.slice(-50), data.name],
      registrations: state.registrations + 1,
    }),
    ...(snapshots && { snapshots }),
  });
