import { accept, andThen, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { deletedConnection, deletedView, orBadInput, parseId, toResult } from '@marquee/subgraph';
import { withInput } from '../command.ts';
import type { Context } from '../context.ts';
import type { QueryGuestsArgs, Resolvers } from '../generated/schema.ts';
import { deleteGuest, restoreGuest } from './delete-guest.ts';
import { eraseGuest } from './erase-guest.ts';
import { mayReadGuest, type Guest } from './guest.ts';
import {
  readErasure,
  readGuestsPage,
  readPreferences,
  readRegistration,
  readUpdate,
} from './guests.input.ts';
import { registerGuest, type Registration } from './register-guest.ts';
import { searchGuests } from './search-guests.ts';
import { updateGuest, updatePreferences } from './update-guest.ts';

async function listGuests(args: Partial<QueryGuestsArgs>, { database, viewer }: Context) {
  const { page, search } = orBadInput(readGuestsPage(args));
  const guests = await database.read(viewer, (tx) => searchGuests(tx, page, search));
  return toConnection(guests, page, ({ sortName, id }) => [sortName, id]);
}

/** The guest as it is after a mutation, which may have changed what the loader remembers. */
async function reload({ loaders }: Context, id: string): Promise<Guest> {
  loaders.guest.clear(id);
  const guest = await loaders.guest.load(id);
  if (!guest) throw new Error(`guest ${id} vanished after it was changed`);
  return guest;
}

export const guestsResolvers: Resolvers = {
  Query: {
    guest: (_, { id }, { loaders }) => loaders.guest.load(orBadInput(parseId('Guest', 'id', id))),
    guests: (_, args, context) => listGuests(args, context),
    deletedGuests: (_, args, { database, viewer, guestDeletion: deletion }) =>
      deletedConnection('Guest', { database, viewer, deletion }, args),
  },
  Mutation: {
    registerGuest: async (_, { input }, context) => {
      const { viewer } = context;
      const outcome = await withInput<Registration, Guest, never>(
        readRegistration(input),
        async (registration) => accept(await registerGuest(context, registration)),
      );
      return toResult(outcome, (guest) => ({
        __typename: 'GuestRegistered',
        guestId: encodeId('Guest', guest.id),
        guest: mayReadGuest(viewer, guest) ? guest : null,
      }));
    },
    updateGuest: async (_, { input }, context) => {
      const outcome = await withInput(readUpdate(input), ({ idempotencyKey, ...request }) =>
        updateGuest(context.database, { ...context, idempotencyKey }, request),
      );
      return toResult(outcome, (id) => ({ __typename: 'GuestUpdated', guest: reload(context, id) }));
    },
    updatePreferences: async (_, { input }, context) => {
      const outcome = await withInput(readPreferences(input), ({ idempotencyKey, ...request }) =>
        updatePreferences(context.database, { ...context, idempotencyKey }, request),
      );
      return toResult(outcome, (id) => ({ __typename: 'PreferencesUpdated', guest: reload(context, id) }));
    },
    deleteGuest: async (_, { id }, context) => {
      const outcome = await andThen(parseId('Guest', 'id', id), (uuid) => deleteGuest(context, uuid));
      return toResult(outcome, (deleted) => ({
        __typename: 'GuestDeleted',
        deleted: deletedView('Guest', deleted),
      }));
    },
    restoreGuest: async (_, { id }, context) => {
      const outcome = await andThen(parseId('Guest', 'id', id), (uuid) => restoreGuest(context, uuid));
      return toResult(outcome, (uuid) => ({ __typename: 'GuestRestored', guest: reload(context, uuid) }));
    },
    eraseGuest: async (_, { input }, context) => {
      const outcome = await withInput(readErasure(input), ({ idempotencyKey, guestId }) =>
        eraseGuest(context.database, { ...context, idempotencyKey }, guestId),
      );
      const { guest } = context.loaders;
      if (outcome.ok) guest.clear(outcome.value);
      const left = outcome.ok ? await guest.load(outcome.value) : null;
      return toResult(outcome, (id) => ({
        __typename: 'GuestErased',
        guestId: encodeId('Guest', id),
        guest: left,
      }));
    },
  },
  Guest: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Guest', id);
      return uuid === null ? null : loaders.guest.load(uuid);
    },
    id: ({ id }) => encodeId('Guest', id),
    preferences: ({ preferences }) => [...preferences],
  },
};
