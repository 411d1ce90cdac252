import { accept, type Outcome } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { mayActForOthers } from '../access.ts';
import { lotOf } from './lottery.ts';
import { visitorOf, type PositionToken, type WaitingRoomTokens } from './position-token.ts';
import type { RoomCache } from './room-cache.ts';
import {
  judgePlace,
  waitingRoomRequired,
  type Place,
  type WaitingRoom,
  type WaitingRoomRequired,
} from './waiting-room.ts';

export type Admission = Outcome<true, WaitingRoomRequired>;
export type VisitorPlace = Place & { readonly token: string; readonly admissionPass: string | null };

export const isOf = (viewer: Viewer, room: WaitingRoom): boolean =>
  room.organisationId === viewer.organisationId;

/** What tokens and passes are worth in a room, judged without asking anybody. */
export function createPlaces(cache: Pick<RoomCache, 'turnAt'>, tokens: WaitingRoomTokens, now: () => Date) {
  const placeOf = (room: WaitingRoom, { kind, number, visitor }: PositionToken): Place => {
    const { seed, occurrenceId, early } = room;
    const entry =
      kind === 'LATER'
        ? ({ kind, number } as const)
        : ({ kind, lot: room.openedAt ? lotOf({ seed, occurrenceId, early, visitor }) : 0 } as const);
    return judgePlace(room, entry, (position) => cache.turnAt(occurrenceId, position), now());
  };
  return {
    /** Null where the token is not this viewer's in this round of the room. */
    find: (room: WaitingRoom, viewer: Viewer, text: string): VisitorPlace | null => {
      const token = tokens.readPosition(text);
      const { occurrenceId, round } = room;
      if (token?.occurrenceId !== occurrenceId || token.round !== round || !isOf(viewer, room)) return null;
      const { visitor } = token;
      if (visitor !== visitorOf(viewer)) return null;
      const place = placeOf(room, token);
      const expiresAt = place.passUntil;
      const admissionPass = expiresAt ? tokens.signPass({ occurrenceId, visitor, expiresAt }) : null;
      return { ...place, token: text, admissionPass };
    },
    judgeAdmission: (room: WaitingRoom | null, viewer: Viewer, text: string | null): Admission => {
      if (!room || !isOf(viewer, room) || mayActForOthers(viewer)) return accept(true);
      if (text === null) return waitingRoomRequired('none');
      const pass = tokens.readPass(text);
      if (pass?.occurrenceId !== room.occurrenceId || pass.visitor !== visitorOf(viewer))
        return waitingRoomRequired('not yours');
      return pass.expiresAt <= now() ? waitingRoomRequired('over') : accept(true);
    },
  };
}
