import { accept, type Outcome } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { holdTickets, type HoldRefusal } from '../holds/hold-tickets.ts';
import type { HoldItem } from '../holds/hold.ts';
import { releaseHold } from '../holds/release-hold.ts';
import type { OutsideProvider } from '../payments/outside-payment.ts';
import type { Services } from '../services.ts';
import { checkOut, type CheckOutRefusal } from './check-out.ts';
import type { Order } from './order.ts';

export type Desk = Exclude<OutsideProvider, 'none'>;

export type BulkRow = {
  readonly guest: { readonly email: string; readonly name: string };
  readonly items: readonly HoldItem[];
  readonly voucherCode: string | null;
};

export type BulkRequest = {
  readonly idempotencyKey: string;
  readonly occurrenceId: string;
  readonly desk: Desk;
  readonly rows: readonly BulkRow[];
};

export type BulkAnswer = Outcome<Order, HoldRefusal | CheckOutRefusal>;

export const mostBulkRows = 100;
/** Rows at the same time: enough to keep the database busy, few enough to leave it to others. */
const lanes = 4;

/**
 * Sells to many guests at once, each row an order of its own: what one of them is refused is its own. Sending it again
 * with the same key goes on where it stopped and sells nothing twice.
 */
export async function sellInBulk(
  services: Services,
  viewer: Viewer,
  request: BulkRequest,
): Promise<readonly BulkAnswer[]> {
  const answers: BulkAnswer[] = [];
  const work = request.rows.entries();
  const lane = async () => {
    for (const [place, row] of work) answers[place] = await sellRow(services, viewer, request, place, row);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}

async function sellRow(
  services: Services,
  viewer: Viewer,
  { idempotencyKey, occurrenceId, desk }: BulkRequest,
  place: number,
  { guest, items, voucherCode }: BulkRow,
): Promise<BulkAnswer> {
  const key = `${idempotencyKey}/${place}`;
  const held = await holdTickets(services, viewer, {
    idempotencyKey: key,
    occurrenceId,
    items,
    ...(voucherCode !== null && { voucherCode }),
  });
  if (!held.ok) return held;
  const sold = await checkOut(services, viewer, {
    idempotencyKey: key,
    holdId: held.value.id,
    guest,
    voucherCode,
    desk,
  });
  if (sold.ok) return accept(sold.value);
  // Nobody will check this hold out; where it became an order meanwhile this does nothing.
  await releaseHold(services, viewer, held.value.id);
  return sold;
}
