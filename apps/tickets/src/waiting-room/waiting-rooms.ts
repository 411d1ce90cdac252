import { setTimeout as delay } from 'node:timers/promises';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, refuse, type NotFound, type Outcome, type Unavailable } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { newCorrelationId, runWithCorrelation, type Logger } from '@marquee/telemetry';
import { createArrivals } from './arrivals.ts';
import { createPlaces, isOf, type Admission, type VisitorPlace } from './places.ts';
import { createWaitingRoomTokens, visitorOf } from './position-token.ts';
import { createRoomCache, type RoomCache } from './room-cache.ts';
import { admitNext, dropOldSteps, findRoom } from './room-rows.ts';
import { nextRate, type GrantPressure, type WaitingRoom } from './waiting-room.ts';

export type WaitingRooms = {
  /** On or off; null where the occurrence has none. */
  room(viewer: Viewer, occurrenceId: string): Promise<WaitingRoom | null>;
  /** Takes a place. Who has one already, as this process remembers, keeps it. */
  join(viewer: Viewer, occurrenceId: string): Promise<Outcome<string, NotFound | Unavailable>>;
  /** Where a token stands, with an admission pass once it is its turn; null where it is not the viewer's or of no use. */
  place(viewer: Viewer, occurrenceId: string, token: string): Promise<VisitorPlace | null>;
  /**
   * Whether the viewer may ask for holds now. Box offices and organisers need no pass. Answers at once while it knows
   * which rooms are on: every hold of a rush comes by here.
   */
  admit(viewer: Viewer, occurrenceId: string, pass: string | null): Admission | Promise<Admission>;
  /** Opens what is due and lets in who is next; answers how many rooms moved. Called each second in every process. */
  step(): Promise<number>;
  /** The room was changed here. */
  forget(): void;
  /** Steps once a second until stopped. */
  start(): { stop(): Promise<void> };
};

type Needs = {
  readonly database: Database;
  readonly secret: string;
  readonly pressure: () => GrantPressure;
  readonly wake: () => void;
  readonly logger: Logger;
  readonly now?: () => Date;
};

export const calm: GrantPressure = { waiting: 0, waitedMs: 0, sustainablePerSecond: 0, refusedAsTooBusy: 0 };
const stepEveryMs = 1_000;
/** Visitors whose tokens a process remembers, so that pressing the button again is not another arrival. */
const rememberedVisitors = 50_000;

export function createWaitingRooms(needs: Needs): WaitingRooms {
  const { database, now = () => new Date() } = needs;
  const tokens = createWaitingRoomTokens(needs.secret);
  const cache = createRoomCache(database);
  const places = createPlaces(cache, tokens, now);
  const arrive = createArrivals(database);
  const remembered = new Map<string, string>();
  const step = createStep(needs, cache, now);
  const rooms: WaitingRooms = {
    room: async (viewer, occurrenceId) => {
      const room = await cache.room(occurrenceId);
      if (room) return isOf(viewer, room) ? room : null;
      return database.read(viewer, (tx) => findRoom(tx, occurrenceId));
    },
    join: async (viewer, occurrenceId) => {
      const room = await cache.room(occurrenceId);
      if (!room || !isOf(viewer, room)) return noRoom;
      const visitor = visitorOf(viewer);
      const memory = `${occurrenceId} ${room.round} ${visitor}`;
      const known = remembered.get(memory);
      if (known && places.find(room, viewer, known)?.state !== 'MISSED') return accept(known);
      const counting = arrive(viewer.organisationId, occurrenceId);
      if (!counting) return tooMany;
      const arrival = await counting;
      if (!arrival) return noRoom;
      const { round, isEarly, number } = arrival;
      const kind = isEarly ? 'EARLY' : 'LATER';
      const token = tokens.signPosition({ round, kind, number, occurrenceId, visitor });
      if (remembered.size >= rememberedVisitors) remembered.delete(remembered.keys().next().value!);
      remembered.set(memory, token);
      return accept(token);
    },
    place: async (viewer, occurrenceId, token) => {
      const room = await cache.room(occurrenceId);
      return room && places.find(room, viewer, token);
    },
    admit: (viewer, occurrenceId, pass) => {
      const room = cache.known(occurrenceId);
      if (room !== undefined) return places.judgeAdmission(room, viewer, pass);
      return cache.room(occurrenceId).then((found) => places.judgeAdmission(found, viewer, pass));
    },
    step,
    forget: () => cache.forget(),
    start: () => startStepping(rooms, needs),
  };
  return rooms;
}

function createStep(needs: Needs, cache: RoomCache, now: () => Date): WaitingRooms['step'] {
  let before = calm;
  return async () => {
    const all = await cache.all();
    const due = all.filter(({ openedAt, opensAt }) => openedAt === null && opensAt <= now());
    for (const room of due) await openRoom(needs, room);
    const open = all.filter(({ openedAt }) => openedAt !== null);
    const load = needs.pressure();
    let moved = due.length;
    for (const room of open) {
      const rate = nextRate(room, load, before, open.length);
      if (await needs.database.transaction(room, (tx) => admitNext(tx, room, rate))) moved += 1;
    }
    before = load;
    if (moved > 0) cache.forget();
    return moved;
  };
}

const noRoom = notFound('A waiting room that is on for this occurrence');
const tooMany = refuse({
  kind: 'Unavailable',
  message: 'Very many people are coming in at this moment. Please try again in a few seconds.',
});

/** Draws the lots: from here on the seed is known and whoever comes is later. Only the first process to try does it. */
async function openRoom(
  { database, wake }: Needs,
  { organisationId, occurrenceId }: WaitingRoom,
): Promise<void> {
  await database.transaction({ organisationId }, async (tx) => {
    const [opened] = await tx.rows<{ seed: string; early: string; round: number }>(
      `update waiting_room set opened_at = clock_timestamp(), stepped_at = clock_timestamp()
       where occurrence_id = $1 and enabled and opened_at is null and opens_at <= clock_timestamp()
       returning seed, early, round`,
      [occurrenceId],
    );
    if (!opened) return;
    const { seed, round } = opened;
    const data = { occurrenceId, round, seed, early: Number(opened.early) };
    await appendEvents(tx, {
      streamId: streamId('waiting-room', occurrenceId),
      events: [{ type: 'tickets.waiting-room-opened.v1', data }],
    });
    tx.afterCommit(wake);
  });
}

function startStepping(rooms: WaitingRooms, { database, logger }: Needs): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    for (let count = 0; !stopping.signal.aborted; count++) {
      const correlation = { correlationId: newCorrelationId(), actor: 'system' };
      await runWithCorrelation(correlation, async () => {
        await rooms.step();
        if (count % 600 === 599) await database.transaction(systemScope, dropOldSteps);
      }).catch((error: unknown) => logger.warn({ error }, 'a step of the waiting rooms failed'));
      await delay(stepEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
