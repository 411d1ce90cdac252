import type { Transaction } from '@marquee/postgres';

export type GuestRow = { readonly id: string; readonly name: string; readonly email: string };

export async function findGuests(tx: Transaction, ids: readonly string[]): Promise<GuestRow[]> {
  return tx.rows<GuestRow>('select id, name, email from guest where id = any($1)', [ids]);
}
