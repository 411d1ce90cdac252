import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Hold, HoldLine, HoldPlan, HoldStatus } from './hold.ts';

type StoredLine = {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly unitPriceMinor: string;
  readonly seatIds: readonly string[];
};

export type HoldRow = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly status: HoldStatus;
  readonly lines: readonly StoredLine[];
  readonly quantity: number;
  readonly total_minor: string;
  readonly currency: string;
  readonly placed_by: string;
  readonly expires_at: Date;
};

export function readHoldRow(row: HoldRow): Hold {
  const { currency } = row;
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    status: row.status,
    lines: row.lines.map(({ unitPriceMinor, ...line }) => ({
      ...line,
      unitPrice: { amountMinor: BigInt(unitPriceMinor), currency },
    })),
    quantity: row.quantity,
    total: { amountMinor: BigInt(row.total_minor), currency },
    placedBy: row.placed_by,
    expiresAt: row.expires_at,
  };
}

export function toStoredLine(line: HoldLine): StoredLine {
  const { ticketTypeId, quantity, unitPrice, seatIds } = line;
  return { ticketTypeId, quantity, unitPriceMinor: `${unitPrice.amountMinor}`, seatIds };
}

/** The hold and its claims on quotas, in one statement; the buckets are moved by the caller. Answers when it expires. */
export async function insertHold(
  tx: Transaction,
  hold: {
    readonly id: string;
    readonly occurrenceId: string;
    readonly plan: HoldPlan;
    readonly placedBy: string;
    readonly expiresAt: Date;
  },
): Promise<void> {
  const { plan } = hold;
  await tx.rows(
    `with placed as (
       insert into hold (organisation_id, id, occurrence_id, status, lines, quantity, total_minor, currency, placed_by,
                         expires_at)
       values ($1, $2, $3, 'ACTIVE', $4, $5, $6, $7, $8, $9))
     insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $1, $2, quota_id, $3, quantity, $9 from unnest($10::uuid[], $11::integer[]) as wanted(quota_id, quantity)`,
    [
      tx.organisationId,
      hold.id,
      hold.occurrenceId,
      JSON.stringify(plan.lines.map(toStoredLine)),
      plan.quantity,
      `${plan.total.amountMinor}`,
      plan.total.currency,
      hold.placedBy,
      hold.expiresAt,
      plan.quotas.map(({ quotaId }) => quotaId),
      plan.quotas.map(({ quantity }) => quantity),
    ],
    { name: 'insert-hold' },
  );
}

/** The hold, locked until the transaction ends, and the database's time. */
export async function lockHold(
  tx: Transaction,
  id: string,
): Promise<{ readonly hold: Hold; readonly now: Date } | null> {
  const [row] = await tx.rows<HoldRow & { readonly now: Date }>(
    'select *, now() as now from hold where id = $1 for update',
    [id],
  );
  return row ? { hold: readHoldRow(row), now: row.now } : null;
}

/** For reading: a hold whose time is over is shown as what it is, whether or not it was tidied up already. */
export async function findHolds(tx: Transaction, ids: readonly string[]): Promise<Hold[]> {
  const rows = await tx.rows<HoldRow>(
    `select id, occurrence_id, case when status = 'ACTIVE' and expires_at <= now() then 'EXPIRED' else status end
            as status, lines, quantity, total_minor, currency, placed_by, expires_at
     from hold where id = any($1)`,
    [ids],
  );
  return rows.map(readHoldRow);
}

/** What an idempotency key keeps of a hold: its id; a key of an earlier release the whole hold, as it was placed. */
export type KeptHold = string | Hold;

/** What who repeats a request is answered: the hold as it is now. */
export async function findKeptHolds(
  tx: Transaction,
  kept: readonly KeptHold[],
): Promise<(kept: KeptHold) => Hold> {
  const ids = kept.filter((each) => typeof each === 'string');
  const holds = new Map((ids.length > 0 ? await findHolds(tx, ids) : []).map((hold) => [hold.id, hold]));
  return (each) => {
    const hold = typeof each === 'string' ? holds.get(each) : each;
    assert(hold, 'an idempotency key names a hold that is not there');
    return hold;
  };
}
