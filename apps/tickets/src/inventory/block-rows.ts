import type { Transaction } from '@marquee/postgres';
import type { HoldLine } from '../holds/hold.ts';

/** What is kept of one ticket type; a block has no price. */
export type BlockLine = Omit<HoldLine, 'unitPrice'>;
export type PlaceBlockLineView = BlockLine & { readonly occurrenceId: string };

/** Places that the organiser keeps. */
export type PlaceBlock = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly status: 'ACTIVE' | 'RELEASED';
  readonly lines: readonly BlockLine[];
  readonly quantity: number;
  readonly reason: string;
  readonly createdAt: Date;
  readonly releasedAt: Date | null;
};

type BlockRow = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly status: PlaceBlock['status'];
  readonly lines: readonly BlockLine[];
  readonly quantity: number;
  readonly reason: string;
  readonly created_at: Date;
  readonly released_at: Date | null;
};

function readBlock(row: BlockRow): PlaceBlock {
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    status: row.status,
    lines: row.lines,
    quantity: row.quantity,
    reason: row.reason,
    createdAt: row.created_at,
    releasedAt: row.released_at,
  };
}

export async function findBlocks(tx: Transaction, ids: readonly string[]): Promise<PlaceBlock[]> {
  const rows = await tx.rows<BlockRow>('select * from place_block where id = any($1)', [ids]);
  return rows.map(readBlock);
}

/** Those that stand, the oldest first. */
export async function findBlocksOfOccurrences(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<PlaceBlock[]> {
  const rows = await tx.rows<BlockRow>(
    `select * from place_block where occurrence_id = any($1) and status = 'ACTIVE' order by created_at, id`,
    [occurrenceIds],
  );
  return rows.map(readBlock);
}
