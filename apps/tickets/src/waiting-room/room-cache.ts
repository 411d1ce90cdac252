import { systemScope, type Database } from '@marquee/postgres';
import { findRooms, findSteps, type AdmissionStep } from './room-rows.ts';
import type { WaitingRoom } from './waiting-room.ts';

/**
 * The rooms that are on and the steps of their admission, as a process remembers them: a place is told from here, so
 * that a million people who ask where they stand cost the database two statements a second, whoever asks.
 */
export type RoomCache = {
  /** Null where no room is on for it. At most `staleMs` old. */
  room(occurrenceId: string): Promise<WaitingRoom | null>;
  /** As `room`, at once; undefined where the database must be asked first. */
  known(occurrenceId: string): WaitingRoom | null | undefined;
  all(): Promise<readonly WaitingRoom[]>;
  /** When this position was let in; null where that was longer ago than any pass lasts. */
  turnAt(occurrenceId: string, position: number): Date | null;
  /** The next who asks gets what is in the database then. */
  forget(): void;
};

const staleMs = 500;
const longestPassMs = 61 * 60_000;

export function createRoomCache(database: Database): RoomCache {
  let rooms: ReadonlyMap<string, WaitingRoom> = new Map();
  const steps = new Map<string, { round: number; list: AdmissionStep[] }>();
  let loadedAtMs = Number.NEGATIVE_INFINITY;
  let newestStep = new Date(0);
  let loading: Promise<void> | null = null;
  let asked = 0;
  let loaded = -1;

  const load = async () => {
    const question = asked;
    const since = new Date(Math.max(newestStep.getTime(), Date.now() - longestPassMs));
    const [found, added] = await database.read(systemScope, async (tx) => {
      const on = await findRooms(tx);
      return [on, on.length > 0 ? await findSteps(tx, since) : []] as const;
    });
    rooms = new Map(found.map((room) => [room.occurrenceId, room]));
    for (const occurrenceId of [...steps.keys()]) {
      if (!rooms.has(occurrenceId)) steps.delete(occurrenceId);
    }
    for (const step of added) addStep(rooms.get(step.occurrenceId)!, step);
    loadedAtMs = performance.now();
    loaded = question;
  };
  const addStep = (room: WaitingRoom | undefined, step: AdmissionStep) => {
    if (!room) return;
    if (step.at > newestStep) newestStep = step.at;
    const known = steps.get(room.occurrenceId);
    const own = known?.round === room.round ? known : { round: room.round, list: [] };
    steps.set(room.occurrenceId, own);
    own.list.push(step);
    const oldest = Date.now() - longestPassMs;
    while (own.list.length > 0 && own.list[0]!.at.getTime() < oldest) own.list.shift();
  };
  const isFresh = () => performance.now() - loadedAtMs <= staleMs && loaded >= asked;
  const fresh = async () => {
    while (!isFresh()) {
      loading ??= load().finally(() => (loading = null));
      await loading;
    }
  };

  return {
    room: async (occurrenceId) => {
      await fresh();
      return rooms.get(occurrenceId) ?? null;
    },
    known: (occurrenceId) => (isFresh() ? (rooms.get(occurrenceId) ?? null) : undefined),
    all: async () => {
      await fresh();
      return [...rooms.values()];
    },
    turnAt: (occurrenceId, position) => firstPast(steps.get(occurrenceId)?.list ?? [], position),
    forget: () => void (asked += 1),
  };
}

/** The step that let the position in, by halving: steps rise in time and position, and leave none out. */
function firstPast(list: readonly AdmissionStep[], position: number): Date | null {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.to > position) high = middle;
    else low = middle + 1;
  }
  const step = list[low];
  return step && step.from <= position ? step.at : null;
}
