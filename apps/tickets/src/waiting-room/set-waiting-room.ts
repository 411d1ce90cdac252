import { randomBytes } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import type { Services } from '../services.ts';
import { commitmentTo } from './lottery.ts';
import { findRoom } from './room-rows.ts';
import type { WaitingRoom } from './waiting-room.ts';

export type SetWaitingRoomRequest = {
  readonly occurrenceId: string;
  readonly enabled: boolean;
  readonly opensAt: Date;
  readonly maxPerSecond: number;
  readonly passMinutes: number;
};

type Refusals = InvalidInput | NotFound | Unavailable;

/**
 * Sets up a waiting room, changes it, or turns it off. A room that has opened already begins a new round when it is
 * given another, later opening: with a seed of its own, and without those who were in the old one.
 */
export async function setWaitingRoom(
  services: Services,
  viewer: Viewer,
  request: SetWaitingRoomRequest,
): Promise<Outcome<WaitingRoom, Refusals>> {
  const outcome = await withOwnersWord<WaitingRoom, Refusals>(
    () => services.database.decide<WaitingRoom, Refusals>(viewer, (tx) => set(services, tx, request)),
    (refusal) => refusal.kind === 'NotFound',
    () => refreshOccurrence(services, viewer, request.occurrenceId),
  );
  services.waitingRooms.forget();
  return outcome;
}

async function set(
  { wake }: Services,
  tx: Transaction,
  request: SetWaitingRoomRequest,
): Promise<Outcome<WaitingRoom, Refusals>> {
  const { occurrenceId, enabled, opensAt, maxPerSecond, passMinutes } = request;
  const [known] = await tx.rows<{ now: Date }>('select now() as now from occurrence where id = $1', [
    occurrenceId,
  ]);
  if (!known) return notFound('The occurrence');
  await tx.execute('select from waiting_room where occurrence_id = $1 for update', [occurrenceId]);
  const before = await findRoom(tx, occurrenceId);
  const moves = before?.opensAt.getTime() !== opensAt.getTime();
  if (before?.openedAt && moves && opensAt <= known.now)
    return invalid('opensAt', 'must be in the future: the room has opened already');
  const isNewRound = !before || (before.openedAt !== null && moves);
  const seed = isNewRound ? randomBytes(32).toString('hex') : before.seed;
  const round = isNewRound ? (before?.round ?? 0) + 1 : before.round;
  await tx.execute(
    `insert into waiting_room as room (organisation_id, occurrence_id, enabled, round, opens_at, commitment, seed,
       per_second, max_per_second, pass_minutes)
     values ($1, $2, $3, $4, $5, $6, $7, greatest(1, $8::float8 / 4), $8, $9)
     on conflict (organisation_id, occurrence_id) do update set
       enabled = excluded.enabled, opens_at = excluded.opens_at, commitment = excluded.commitment,
       seed = excluded.seed, max_per_second = excluded.max_per_second, pass_minutes = excluded.pass_minutes,
       per_second = least(room.per_second, excluded.max_per_second), round = excluded.round, stepped_at = now(),
       opened_at = case when room.round = excluded.round then room.opened_at end,
       early = case when room.round = excluded.round then room.early else 0 end,
       arrived = case when room.round = excluded.round then room.arrived else 0 end,
       admitted = case when room.round = excluded.round then room.admitted else 0 end`,
    [
      tx.organisationId,
      occurrenceId,
      enabled,
      round,
      opensAt,
      commitmentTo(seed),
      seed,
      maxPerSecond,
      passMinutes,
    ],
  );
  await appendEvents(tx, {
    streamId: streamId('waiting-room', occurrenceId),
    events: [
      {
        type: 'tickets.waiting-room-set.v1',
        data: {
          occurrenceId,
          enabled,
          round,
          opensAt: opensAt.toISOString(),
          commitment: commitmentTo(seed),
        },
      },
    ],
  });
  tx.afterCommit(wake);
  return accept((await findRoom(tx, occurrenceId))!);
}
