import type { Changes } from '@marquee/messaging';
import pLimit from 'p-limit';
import { Room, type Question, type Results, type RoomTiming } from './room.ts';

export type RoomsOptions = Partial<RoomTiming> & {
  /** Over how long rooms spread out when all of them are to be asked for. */
  readonly spreadMs?: number;
  /** Questions under way at once. */
  readonly concurrency?: number;
};

export type Rooms = {
  /** The answers as they change, the present one first. Ends when `signal` fires. */
  join(question: Question, signal: AbortSignal): Results;
  changed(changes: Changes): void;
  /** Anything may have changed unheard. */
  missed(): void;
  readonly count: () => { readonly rooms: number; readonly members: number };
};

/** All rooms of this process, found by the ids that they watch. */
export function createRooms(options: RoomsOptions = {}): Rooms {
  const { pauseMs = 250, settlesInMs = 800, spreadMs = 2_000, concurrency = 32 } = options;
  const rooms = new Map<string, Room>();
  const watching = new Map<string, Set<Room>>();
  const inTurn = pLimit(concurrency);
  let members = 0;

  const indexKey = (organisationId: string, id: string) => `${organisationId} ${id}`;
  const indexOf = ({ organisationId, watched }: Question) => watched && indexKey(organisationId, watched);
  const open = (question: Question): Room => {
    const room = new Room(question, { pauseMs, settlesInMs }, inTurn);
    rooms.set(question.key, room);
    const index = indexOf(question);
    if (index) watching.set(index, (watching.get(index) ?? new Set()).add(room));
    return room;
  };
  const close = (room: Room) => {
    rooms.delete(room.question.key);
    const index = indexOf(room.question);
    const watchers = index ? watching.get(index) : undefined;
    watchers?.delete(room);
    if (index && watchers?.size === 0) watching.delete(index);
  };
  return {
    join: (question, signal) => {
      const room = rooms.get(question.key) ?? open(question);
      members += 1;
      return room.join(signal, () => {
        members -= 1;
        if (room.size === 0) close(room);
      });
    },
    changed: ({ organisationId, ids }) => {
      const all = Object.values(ids);
      if (all.includes('*')) {
        for (const room of rooms.values()) if (room.question.organisationId === organisationId) room.touch();
        return;
      }
      for (const id of all.flat()) {
        for (const room of watching.get(indexKey(organisationId, id)) ?? []) room.touch();
      }
    },
    missed: () => {
      for (const room of rooms.values()) room.touch(Math.random() * spreadMs);
    },
    count: () => ({ rooms: rooms.size, members }),
  };
}
