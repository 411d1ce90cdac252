import type { Transaction } from '@marquee/postgres';
import type { SeatRef } from './seat.ts';

export async function findSeatRefs(tx: Transaction, ids: readonly string[]): Promise<SeatRef[]> {
  return tx.rows<{ id: string; label: string }>('select id, label from space_seat where id = any($1)', [ids]);
}
