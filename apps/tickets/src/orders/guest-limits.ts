import { accept, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { guestLimitReached, type GuestLimitReached, type Wanted } from '../pricing/sale-terms.ts';
import { countOfGuest, findTypesWithTerms, lockGuestLimit } from '../pricing/sale-terms-rows.ts';

type Line = { readonly ticketTypeId: string; readonly occurrenceId: string; readonly quantity: number };

/**
 * Whether the guest may have these too. Two orders of one guest take turns (`lockGuestLimit`), so the second one counts
 * what the first one got.
 */
export async function judgeGuestLimits(
  tx: Transaction,
  types: readonly Omit<Wanted, 'quantity'>[],
  of: { readonly guestId: string; readonly lines: readonly Line[]; readonly butOrderId: string | null },
): Promise<Outcome<true, GuestLimitReached>> {
  const limited = types.filter(({ terms }) => terms.maxPerGuest !== null);
  for (const type of limited.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const max = type.terms.maxPerGuest!;
    await lockGuestLimit(tx, of.guestId, type.id);
    const own = of.lines.filter((line) => line.ticketTypeId === type.id);
    for (const [occurrenceId, lines] of Map.groupBy(own, (line) => line.occurrenceId)) {
      const { guestId, butOrderId } = of;
      const already = await countOfGuest(tx, { guestId, ticketTypeId: type.id, occurrenceId, butOrderId });
      const wanted = lines.reduce((sum, line) => sum + line.quantity, 0);
      if (already + wanted > max) return guestLimitReached(type, max, already);
    }
  }
  return accept(true);
}

/** For an order that had expired and was paid after all: whether its guest may still have it. */
export async function mayStillHave(
  tx: Transaction,
  order: { readonly id: string; readonly guestId: string },
  lines: readonly Line[],
): Promise<boolean> {
  const types = await findTypesWithTerms(tx, [...new Set(lines.map((line) => line.ticketTypeId))]);
  const judged = await judgeGuestLimits(tx, types, { guestId: order.guestId, lines, butOrderId: order.id });
  return judged.ok;
}
