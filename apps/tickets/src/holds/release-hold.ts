import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import type { Services } from '../services.ts';
import { judgeHoldLive, type Hold, type HoldExpired, type HoldNotActive } from './hold.ts';
import { lockHold } from './hold-rows.ts';

/** Gives the held tickets back. A hold that was released already is answered as such. */
export async function releaseHold(
  services: Services,
  viewer: Viewer,
  holdId: string,
): Promise<Outcome<Hold, HoldExpired | HoldNotActive | NotFound>> {
  return services.database.decide(
    viewer,
    async (tx): Promise<Outcome<Hold, HoldExpired | HoldNotActive | NotFound>> => {
      const found = await lockHold(tx, holdId);
      if (!found || !mayActOn(viewer, found.hold)) return notFound('The hold');
      if (found.hold.status === 'RELEASED') return accept(found.hold);
      const live = judgeHoldLive(found.hold, found.now);
      if (!live.ok) return live;
      await releaseLockedHold(tx, live.value);
      tx.afterCommit(services.wake);
      return accept({ ...live.value, status: 'RELEASED' });
    },
  );
}

/** For a hold that this transaction has locked and found active. */
export async function releaseLockedHold(tx: Transaction, hold: Hold): Promise<void> {
  const { id, occurrenceId, quantity } = hold;
  await tx.execute(`update hold set status = 'RELEASED' where id = $1`, [id]);
  await appendEvents(tx, {
    streamId: streamId('hold', id),
    events: [{ type: 'tickets.hold-released.v1', data: { holdId: id, occurrenceId, quantity } }],
  });
  await releaseSeats(tx, id);
  await moveBuckets(tx, occurrenceId, await releaseQuotas(tx, [id]));
}
