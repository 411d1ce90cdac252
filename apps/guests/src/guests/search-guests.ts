import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Guest } from './guest.ts';

export type ListedGuest = Guest & { readonly sortName: string };

/**
 * A page of guests, and one more where there is one, in the order of `guest_by_name`. A search filters that index, which
 * holds the searched text, and only the page's rows are fetched from the table. A trigram index could not serve it under
 * row-level security: `~~*` is not leakproof, so it may not run before the tenant's policy.
 */
export async function searchGuests(
  tx: Transaction,
  { first, after }: KeysetPage,
  search: string | null,
): Promise<ListedGuest[]> {
  const [sortName, id] = after ?? [null, null];
  return tx.rows<ListedGuest>(
    `with page as materialized (
       select sort_name, id from guest
        where erased_at is null
          and ($1::text is null or (sort_name, id) > ($1 collate "C", $2::uuid))
          and ($3::text is null or strpos(search_text, guest_fold($3)) > 0)
        order by sort_name, id
        limit $4
     )
     select g.id, g.name, g.email, g.locale, g.phone, g.preferences, g.registered_at as "registeredAt",
            g.updated_at as "updatedAt", g.erased_at as "erasedAt", g.sort_name as "sortName"
       from page join guest g on g.id = page.id
      order by g.sort_name, g.id`,
    [sortName, id, search, first + 1],
  );
}
