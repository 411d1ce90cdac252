import { comparePositions, type StreamPosition } from './client/position.ts';

/** An event as it is sent: serialised once, however many clients get it. */
export type TailEntry = {
  readonly position: StreamPosition;
  readonly organisationId: string;
  readonly type: string;
  readonly json: string;
};

/** The newest events of a log, without a gap from `start` (itself not included) to `end`. */
export interface RecentEvents {
  readonly start: StreamPosition;
  readonly end: StreamPosition;
  add(entries: readonly TailEntry[]): void;
  /** All beyond a position, which is not before `start`. */
  after(position: StreamPosition): readonly TailEntry[];
}

/** Kept for all clients together; whoever is further behind reads the log. */
const maxEvents = 5_000;
const maxBytes = 32 * 1024 * 1024;

export function createRecentEvents(from: StreamPosition): RecentEvents {
  let [start, end] = [from, from];
  let entries: TailEntry[] = [];
  let bytes = 0;
  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    add: (added) => {
      for (const entry of added) {
        entries.push(entry);
        bytes += entry.json.length;
        end = entry.position;
      }
      let surplus = 0;
      while (entries.length - surplus > maxEvents || bytes > maxBytes)
        bytes -= entries[surplus++]!.json.length;
      if (surplus === 0) return;
      start = entries[surplus - 1]!.position;
      entries = entries.slice(surplus);
    },
    after: (position) => entries.slice(firstAfter(entries, position)),
  };
}

/** The place of the first entry beyond a position: binary, because every client asks at every step. */
function firstAfter(entries: readonly TailEntry[], after: StreamPosition): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePositions(entries[middle]!.position, after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
