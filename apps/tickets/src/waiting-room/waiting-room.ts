import { refuse } from '@marquee/kernel';

/** Whom a room lets in: those who came early by lot, then those who came later in the order of their arrival. */
export type WaitingRoom = {
  readonly organisationId: string;
  readonly occurrenceId: string;
  readonly enabled: boolean;
  /** Grows by one each time the room is set up anew; what was given out for an earlier round is worthless. */
  readonly round: number;
  readonly opensAt: Date;
  /** When the lots were drawn; until then all who come are early. */
  readonly openedAt: Date | null;
  /** SHA-256 of the seed, hex: published when the room is set up. */
  readonly commitment: string;
  /** What the lots are drawn with, hex; a secret until the room has opened. */
  readonly seed: string;
  /** How many came early, and how many later. */
  readonly early: number;
  readonly arrived: number;
  /** Every position below this one has been let in. */
  readonly admitted: number;
  readonly perSecond: number;
  readonly maxPerSecond: number;
  /** How long someone who was let in may hold tickets; who does not come by then has lost the place. */
  readonly passMinutes: number;
};

/** What someone in the room holds: a lot between 0 and 1 for who came early, else the number of the arrival, from 0. */
export type Entry =
  { readonly kind: 'EARLY'; readonly lot: number } | { readonly kind: 'LATER'; readonly number: number };

export type WaitingState = 'OFF' | 'GATHERING' | 'WAITING' | 'ADMITTED' | 'MISSED';

export type Place = {
  readonly state: WaitingState;
  /** People before this one; of those who came early about so many, for lots are not counted one by one. */
  readonly position: number | null;
  readonly estimatedWaitSeconds: number | null;
  readonly passUntil: Date | null;
};

/** The position from 0: the early ones by lot, then the later ones. Null until the room has opened. */
export function positionOf(room: WaitingRoom, entry: Entry): number | null {
  if (room.openedAt === null) return null;
  return entry.kind === 'EARLY' ? Math.floor(entry.lot * room.early) : room.early + entry.number;
}

const nowhere = { position: null, estimatedWaitSeconds: null, passUntil: null };

/** Where an entry stands. `turnAt` is when its position was let in, null where that was too long ago to be known. */
export function judgePlace(
  room: WaitingRoom,
  entry: Entry,
  turnAt: (position: number) => Date | null,
  now: Date,
): Place {
  if (!room.enabled) return { state: 'OFF', ...nowhere };
  const position = positionOf(room, entry);
  if (position === null) {
    const untilOpening = Math.max(0, Math.ceil((room.opensAt.getTime() - now.getTime()) / 1000));
    return { state: 'GATHERING', ...nowhere, estimatedWaitSeconds: untilOpening };
  }
  if (position >= room.admitted) {
    const ahead = Math.ceil(position - room.admitted);
    const estimatedWaitSeconds = Math.ceil((ahead + 1) / Math.max(room.perSecond, 0.1));
    return { state: 'WAITING', position: ahead, estimatedWaitSeconds, passUntil: null };
  }
  const turn = turnAt(position);
  const passUntil = turn && new Date(turn.getTime() + room.passMinutes * 60_000);
  if (!passUntil || passUntil <= now) return { state: 'MISSED', ...nowhere };
  return { state: 'ADMITTED', position: 0, estimatedWaitSeconds: 0, passUntil };
}

/** What the way to the tickets bears now. */
export type GrantPressure = {
  /** Requests for holds that wait to be judged. */
  readonly waiting: number;
  /** How long the one that was judged last had waited. */
  readonly waitedMs: number;
  /** Requests for holds that it could judge a second; 0 where that is not known yet. */
  readonly sustainablePerSecond: number;
  /** Requests turned away since the start because there were too many. */
  readonly refusedAsTooBusy: number;
};

/** Longer waits than this in front of the holds mean that too many were let in. */
const waitTooLongMs = 500;
/** Someone who was let in asks for a hold about twice: what was wanted first is often gone. */
const requestsEach = 2;

/**
 * How many a second are let in from now on: a little more while the way to the tickets is free, half as many as soon as
 * it is not (as TCP does), never more than it could judge, shared by the rooms that are open.
 */
export function nextRate(
  room: Pick<WaitingRoom, 'perSecond' | 'maxPerSecond'>,
  load: GrantPressure,
  before: GrantPressure,
  openRooms: number,
): number {
  const isWaiting = load.waiting > 0 && load.waitedMs > waitTooLongMs;
  const isBusy = isWaiting || load.refusedAsTooBusy > before.refusedAsTooBusy;
  const wanted = isBusy ? room.perSecond / 2 : room.perSecond + Math.max(1, room.maxPerSecond / 20);
  const bearable =
    load.sustainablePerSecond > 0
      ? load.sustainablePerSecond / requestsEach / Math.max(1, openRooms)
      : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(wanted, bearable, room.maxPerSecond));
}

export type WaitingRoomRequired = { readonly kind: 'WaitingRoomRequired'; readonly message: string };

/** The tickets are behind a waiting room, and who asks was not let in, or is no longer. */
export function waitingRoomRequired(why: 'none' | 'not yours' | 'over') {
  const messages = {
    none: 'Many people want these tickets: join the waiting room first and come back with its admission pass.',
    'not yours':
      'This admission pass is not yours, or not for this occurrence: join the waiting room yourself.',
    over: 'Your admission pass is over: join the waiting room again.',
  };
  return refuse({ kind: 'WaitingRoomRequired', message: messages[why] });
}
