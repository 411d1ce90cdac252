import { openInventory, quantityOf, totalOf, type Inventory } from './inventory.ts';
import { demoGuest } from './organisations.ts';
import { planOrder, type OrderPlan } from './plan-order.ts';
import type { Random } from './random.ts';
import type {
  SeedGuest,
  SeedHold,
  SeedHoldStatus,
  SeedOccurrence,
  SeedOrder,
  SeedOrderStatus,
  SeedTicketType,
} from './types.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Long, so that what waits at the start day still waits on the next. */
const openForMs = 2 * dayMs;

export const orderCount = 4_000;
export const holdCounts: Readonly<Record<Exclude<SeedHoldStatus, 'CONVERTED'>, number>> = {
  ACTIVE: 120,
  RELEASED: 180,
  EXPIRED: 260,
};

const orderWeights: Readonly<Record<SeedOrderStatus, number>> = {
  PAID: 80,
  PARTIALLY_REFUNDED: 3,
  REFUNDED: 4,
  EXPIRED: 6,
  CANCELLED: 3,
  PENDING_PAYMENT: 4,
};

type Stall = {
  readonly inventory: Inventory;
  readonly fromMs: number;
  readonly toMs: number;
  readonly weight: number;
};

/** Orders in every state, and the holds that became no order. */
export function planSales(
  random: Random,
  startMs: number,
  occurrences: readonly SeedOccurrence[],
  ticketTypes: readonly SeedTicketType[],
  guests: readonly SeedGuest[],
): { holds: SeedHold[]; orders: SeedOrder[] } {
  const stalls = openStalls(occurrences, ticketTypes, startMs);
  const pickStall = weightedPicker(stalls);
  const buyers = Map.groupBy(guests, (guest) => guest.organisationId);
  const orders = planDemoGuestsOrders(random, stalls, guests, startMs);
  while (orders.length < orderCount) {
    const stall = pickStall(random);
    const guest = random.pick(buyers.get(stall.inventory.occurrence.organisationId)!);
    const order = orderAt(random, stall, guest, chooseStatus(random, stall), startMs);
    if (order) orders.push(order);
  }
  const holds: SeedHold[] = [];
  for (const [status, count] of Object.entries(holdCounts) as [keyof typeof holdCounts, number][]) {
    while (holds.filter((hold) => hold.status === status).length < count) {
      const hold = holdAt(random, pickStall(random), status, startMs);
      if (hold) holds.push(hold);
    }
  }
  return {
    holds: [...orders.map((order) => order.hold), ...holds],
    orders: orders.toSorted((a, b) => a.placedMs - b.placedMs || (a.id < b.id ? -1 : 1)),
  };
}

/** Where tickets are or were on sale; shows near the start day sell most. */
function openStalls(
  occurrences: readonly SeedOccurrence[],
  ticketTypes: readonly SeedTicketType[],
  startMs: number,
): Stall[] {
  const typesByEvent = Map.groupBy(ticketTypes, (type) => type.event.id);
  return occurrences.flatMap((occurrence) => {
    const { publishedMs } = occurrence.event;
    if (publishedMs === null) return [];
    const fromMs = Math.max(publishedMs + hourMs, startMs - 61 * dayMs);
    const lastMs = Math.min(startMs - hourMs, occurrence.startsMs - 2 * hourMs);
    const toMs = occurrence.cancelledMs === null ? lastMs : Math.min(lastMs, occurrence.cancelledMs - hourMs);
    if (toMs <= fromMs) return [];
    const daysAhead = (occurrence.startsMs - startMs) / dayMs;
    const weight = daysAhead < 0 ? 9 : daysAhead < 30 ? 10 : daysAhead < 120 ? 4 : 1.5;
    return [
      {
        inventory: openInventory(occurrence, typesByEvent.get(occurrence.event.id) ?? []),
        fromMs,
        toMs,
        weight,
      },
    ];
  });
}

function weightedPicker(stalls: readonly Stall[]): (random: Random) => Stall {
  let total = 0;
  const ends = stalls.map((stall) => (total += stall.weight));
  return (random) => {
    const draw = random.next() * total;
    return stalls[ends.findIndex((end) => draw < end)] ?? stalls[stalls.length - 1]!;
  };
}

/** Nothing of a cancelled occurrence stays sold, and nobody still pays for one that is over. */
function chooseStatus(random: Random, { inventory }: Stall): SeedOrderStatus {
  const status = random.weighted(orderWeights);
  if (inventory.occurrence.status === 'SCHEDULED') return status;
  return status === 'EXPIRED' || status === 'CANCELLED' ? status : 'REFUNDED';
}

function planDemoGuestsOrders(
  random: Random,
  stalls: readonly Stall[],
  guests: readonly SeedGuest[],
  startMs: number,
): SeedOrder[] {
  const guest = guests.find((each) => each.email === demoGuest.email)!;
  const upcoming = stalls.filter(
    ({ inventory: { occurrence } }) =>
      occurrence.organisationId === guest.organisationId &&
      occurrence.status === 'SCHEDULED' &&
      occurrence.startsMs > startMs + 3 * dayMs,
  );
  return Array.from({ length: 3 }, (_, index) =>
    orderAt(random, upcoming[Math.floor((upcoming.length / 3) * index)]!, guest, 'PAID', startMs)!,
  );
}

function orderAt(
  random: Random,
  stall: Stall,
  guest: SeedGuest,
  wanted: SeedOrderStatus,
  startMs: number,
): SeedOrder | null {
  const { occurrence } = stall.inventory;
  const open = wanted === 'PENDING_PAYMENT';
  if (open && occurrence.startsMs < startMs + openForMs) return null;
  const placedMs = open ? startMs - random.int(1, 55) * minuteMs : random.int(stall.fromMs, stall.toMs);
  const keep = open || wanted === 'PAID' || wanted === 'PARTIALLY_REFUNDED';
  const lines = stall.inventory.lines(random, placedMs, keep);
  if (!lines) return null;
  const plan: OrderPlan = { occurrence, guest, status: wanted, lines, placedMs, startMs, openForMs };
  return planOrder(random, plan);
}

function holdAt(
  random: Random,
  stall: Stall,
  status: keyof typeof holdCounts,
  startMs: number,
): SeedHold | null {
  const { occurrence } = stall.inventory;
  const active = status === 'ACTIVE';
  if (active && (occurrence.status === 'CANCELLED' || occurrence.startsMs < startMs + openForMs)) return null;
  const placedMs = active ? startMs - random.int(1, 9) * minuteMs : random.int(stall.fromMs, stall.toMs);
  const lines = stall.inventory.lines(random, placedMs, active);
  if (!lines) return null;
  const expiresMs = active ? startMs + openForMs : placedMs + 10 * minuteMs;
  return {
    id: random.uuid(placedMs),
    organisationId: occurrence.organisationId,
    occurrence,
    status,
    lines,
    quantity: quantityOf(lines),
    totalMinor: totalOf(lines),
    currency: lines[0]!.ticketType.currency,
    placedMs,
    expiresMs,
    endedMs: active ? null : status === 'EXPIRED' ? expiresMs : placedMs + random.int(1, 8) * minuteMs,
  };
}
