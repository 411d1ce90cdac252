import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import { extendClaims } from '../inventory/extend-claims.ts';
import type { Services } from '../services.ts';
import { judgeExtension, type HoldNotExtendable } from './hold-extension.ts';
import { holdExpired, judgeHoldLive, type Hold, type HoldExpired, type HoldNotActive } from './hold.ts';
import { lockHold } from './hold-rows.ts';

type Refusals = HoldNotExtendable | HoldExpired | HoldNotActive | NotFound | IdempotencyConflict;

/** Gives a hold more time while it still holds; one that has expired is never brought back. */
export async function extendHold(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, holdId }: { readonly idempotencyKey: string; readonly holdId: string },
): Promise<Outcome<Hold, Refusals>> {
  return services.database.decide<Hold, Refusals>(viewer, (tx) =>
    idempotent<Hold, Refusals>(
      tx,
      { operation: 'extendHold', key, request: { holdId }, subject: viewer.subject },
      () => extend(services, tx, viewer, holdId),
    ),
  );
}

async function extend(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  holdId: string,
): Promise<Outcome<Hold, Refusals>> {
  const found = await lockHold(tx, holdId);
  if (!found || !mayActOn(viewer, found.hold)) return notFound('The hold');
  const live = judgeHoldLive(found.hold, found.now);
  if (!live.ok) return live;
  const hold = live.value;
  const [stored] = await tx.rows<{ created_at: Date; extensions: number }>(
    'select created_at, extensions from hold where id = $1',
    [holdId],
  );
  const until = judgeExtension(
    { createdAt: stored!.created_at, expiresAt: hold.expiresAt, extensions: stored!.extensions },
    found.now,
    services.terms.holdMinutes,
  );
  if (!until.ok) return until;
  await tx.execute('update hold set expires_at = $2, extensions = extensions + 1 where id = $1', [
    holdId,
    until.value,
  ]);
  const seats = await extendClaims(tx, holdId, until.value);
  if (seats < hold.lines.reduce((sum, line) => sum + line.seatIds.length, 0)) return holdExpired();
  const { occurrenceId } = hold;
  await appendEvents(tx, {
    streamId: streamId('hold', holdId),
    events: [
      {
        type: 'tickets.hold-extended.v1',
        data: { holdId, occurrenceId, expiresAt: until.value.toISOString() },
      },
    ],
  });
  tx.afterCommit(services.wake);
  return accept({ ...hold, expiresAt: until.value });
}
