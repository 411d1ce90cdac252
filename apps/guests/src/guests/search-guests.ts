import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Guest } from './guest.ts';

export type ListedGuest = Guest & { readonly sortName: string };

/**
 * A page of guests, and one more where there is one, in the order of `guest_by_name`. A search filters that scan:
 * under row-level security a trigram index could not serve it, because `~~*` is not leakproof and so may not run before
 * the tenant's policy.
 */
export async function searchGuests(
  tx: Transaction,
  { first, after }: KeysetPage,
  search: string | null,
): Promise<ListedGuest[]> {
  const [sortName, id] = after ?? [null, null];
  return tx.rows<ListedGuest>(
    `select id, name, email, locale, phone, preferences, registered_at as "registeredAt",
            updated_at as "updatedAt", sort_name as "sortName"
       from guest
      where ($1::text is null or (sort_name, id) > ($1 collate "C", $2::uuid))
        and ($3::text is null or strpos(search_text, guest_fold($3)) > 0)
      order by sort_name, id
      limit $4`,
    [sortName, id, search, first + 1],
  );
}
