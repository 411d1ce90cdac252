import { setTimeout as delay } from 'node:timers/promises';
import { orBadInput, parseId, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { setWaitingRoom } from './set-waiting-room.ts';
import type { WaitingRoom } from './waiting-room.ts';
import type { VisitorPlace } from './places.ts';
import { readSetWaitingRoom } from './waiting-room.input.ts';

/** A room as one visitor sees it. */
export type WaitingRoomView = { readonly room: WaitingRoom; readonly place: VisitorPlace | null };

async function viewOf(
  { services, viewer }: Context,
  occurrenceId: string,
  token: string | null,
): Promise<WaitingRoomView | null> {
  const room = await services.waitingRooms.room(viewer, occurrenceId);
  if (!room) return null;
  return { room, place: token ? await services.waitingRooms.place(viewer, occurrenceId, token) : null };
}

export const waitingRoomResolvers: Resolvers = {
  Query: {
    waitingRoom: (_, { occurrenceId, token }, context) =>
      viewOf(context, orBadInput(parseId('Occurrence', 'occurrenceId', occurrenceId)), token ?? null),
  },
  Mutation: {
    setWaitingRoom: async (_, { input }, { services, viewer }) => {
      const parsed = readSetWaitingRoom(input);
      const outcome = await whenParsed(parsed, (request) => setWaitingRoom(services, viewer, request));
      return toResult(outcome, (room) => ({
        __typename: 'WaitingRoomSet',
        waitingRoom: { room, place: null },
      }));
    },
    joinWaitingRoom: async (_, { occurrenceId }, context) => {
      const parsed = parseId('Occurrence', 'occurrenceId', occurrenceId);
      const outcome = await whenParsed(parsed, (id) =>
        context.services.waitingRooms.join(context.viewer, id),
      );
      const view = outcome.ok && parsed.ok ? await viewOf(context, parsed.value, outcome.value) : null;
      return toResult(outcome, (token) => ({ __typename: 'WaitingRoomJoined', token, waitingRoom: view! }));
    },
  },
  Subscription: {
    waitingRoomChanged: {
      subscribe: (_, { occurrenceId, token }, context) =>
        changesOf(context, orBadInput(parseId('Occurrence', 'occurrenceId', occurrenceId)), token),
    },
  },
  WaitingRoom: {
    occurrence: ({ room }) => ({ id: room.occurrenceId }),
    state: ({ room, place }) => (room.enabled ? (place?.state ?? 'NOT_JOINED') : 'OFF'),
    opensAt: ({ room }) => room.opensAt,
    openedAt: ({ room }) => room.openedAt,
    commitment: ({ room }) => room.commitment,
    seed: ({ room }) => (room.openedAt ? room.seed : null),
    earlyArrivals: ({ room }) => room.early,
    laterArrivals: ({ room }) => room.arrived,
    admittedPerSecond: ({ room }) => room.perSecond,
    position: ({ place }) => place?.position ?? null,
    estimatedWaitSeconds: ({ place }) => place?.estimatedWaitSeconds ?? null,
    admissionPass: ({ place }) => place?.admissionPass ?? null,
    admissionPassExpiresAt: ({ place }) => place?.passUntil ?? null,
  },
};

const lookEveryMs = 1_000;
const waits: readonly string[] = ['GATHERING', 'WAITING'];

/** Looks into the process's own memory each second: a million subscriptions cost the database nothing more. */
export async function* changesOf(
  context: Context,
  occurrenceId: string,
  token: string,
): AsyncGenerator<{ readonly waitingRoomChanged: WaitingRoomView }> {
  for (let told = ''; ;) {
    const view = await viewOf(context, occurrenceId, token);
    if (!view) return;
    const now = JSON.stringify([view.room, view.place]);
    if (now !== told) yield { waitingRoomChanged: view };
    told = now;
    if (!waits.includes(view.place?.state ?? '')) return;
    await delay(lookEveryMs);
  }
}
