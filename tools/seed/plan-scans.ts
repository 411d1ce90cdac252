import type { Random } from './random.ts';
import type { SeedOrder, SeedScan } from './types.ts';

const minuteMs = 60_000;

/** At shows that are over, most came: each was let in once, and a few tried their ticket a second time. */
export function planScans(random: Random, orders: readonly SeedOrder[], startMs: number): SeedScan[] {
  return orders.flatMap((order) => {
    const { startsMs, endsMs } = order.hold.occurrence;
    if (endsMs > startMs) return [];
    return order.tickets
      .filter((ticket) => ticket.status === 'VALID' && random.chance(0.87))
      .flatMap((ticket): SeedScan[] => {
        const scannedMs = startsMs - random.int(2, 50) * minuteMs + random.int(0, 59_999);
        const scan = (atMs: number, admitted: boolean): SeedScan => ({
          id: random.uuid(atMs),
          organisationId: order.organisationId,
          order,
          ticket,
          result: admitted ? 'ACCEPTED' : 'REJECTED',
          reason: admitted ? null : 'ALREADY_ADMITTED',
          scannedMs: atMs,
        });
        const again = random.chance(0.02) ? [scan(scannedMs + random.int(5, 90) * 1000, false)] : [];
        return [scan(scannedMs, true), ...again];
      });
  });
}
