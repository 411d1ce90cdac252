import type { Transaction } from '@marquee/postgres';
import type { Voucher } from './voucher.ts';

type VoucherRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly percent_bp: number | null;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly event_id: string | null;
  readonly ticket_type_ids: readonly string[] | null;
  readonly unlocks: readonly string[];
  readonly max_uses: number | null;
  readonly max_uses_per_guest: number | null;
  readonly budget_minor: string | null;
  readonly valid_from: Date | null;
  readonly valid_until: Date | null;
  readonly active: boolean;
  readonly uses: number;
  readonly spent_minor: string;
};

const minor = (value: string | null) => (value === null ? null : BigInt(value));

export function readVoucherRow(row: VoucherRow): Voucher {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    percentBp: row.percent_bp,
    amountMinor: minor(row.amount_minor),
    currency: row.currency,
    eventId: row.event_id,
    ticketTypeIds: row.ticket_type_ids,
    unlocks: row.unlocks,
    maxUses: row.max_uses,
    maxUsesPerGuest: row.max_uses_per_guest,
    budgetMinor: minor(row.budget_minor),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    active: row.active,
    uses: row.uses,
    spentMinor: BigInt(row.spent_minor),
  };
}

export async function findVoucherByCode(tx: Transaction, code: string): Promise<Voucher | null> {
  const [row] = await tx.rows<VoucherRow>('select * from voucher where code = $1', [code]);
  return row ? readVoucherRow(row) : null;
}

export async function findVouchers(tx: Transaction, ids: readonly string[]): Promise<Voucher[]> {
  const rows = await tx.rows<VoucherRow>('select * from voucher where id = any($1)', [ids]);
  return rows.map(readVoucherRow);
}

/** Who uses a voucher takes turns: its counters, and its uses by guest, are judged under this lock. */
export async function lockVoucher(tx: Transaction, id: string): Promise<Voucher | null> {
  const [row] = await tx.rows<VoucherRow>('select * from voucher where id = $1 for update', [id]);
  return row ? readVoucherRow(row) : null;
}

/** Newest first. */
export async function findVoucherPage(
  tx: Transaction,
  { first, after }: { readonly first: number; readonly after: readonly string[] | null },
): Promise<(Voucher & { readonly createdAt: Date })[]> {
  const rows = await tx.rows<VoucherRow & { readonly created_at: Date }>(
    `select * from voucher where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid)
     order by created_at desc, id desc limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, first + 1],
  );
  return rows.map((row) => ({ ...readVoucherRow(row), createdAt: row.created_at }));
}
