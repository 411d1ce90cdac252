import { quantityOf, totalOf } from './inventory.ts';
import type { Random } from './random.ts';
import type {
  SeedGuest,
  SeedHold,
  SeedLine,
  SeedOccurrence,
  SeedOrder,
  SeedOrderStatus,
  SeedPayment,
  SeedRefund,
  SeedTicket,
} from './types.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type OrderPlan = {
  readonly occurrence: SeedOccurrence;
  readonly guest: SeedGuest;
  readonly status: SeedOrderStatus;
  readonly lines: readonly SeedLine[];
  readonly placedMs: number;
  readonly startMs: number;
  /** How long an order that waits for payment may still wait after the start day. */
  readonly openForMs: number;
};

/** Lays out an order's history so that it ends in the state wanted: hold, payments, tickets, refunds. */
export function planOrder(random: Random, plan: OrderPlan): SeedOrder {
  const { status, placedMs } = plan;
  const paid = status === 'PAID' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED';
  const paidMs = paid ? placedMs + random.int(30, 240) * 1000 : null;
  const expiresMs = status === 'PENDING_PAYMENT' ? plan.startMs + plan.openForMs : placedMs + 15 * minuteMs;
  const closedMs =
    { EXPIRED: expiresMs, CANCELLED: placedMs + random.int(2, 12) * minuteMs }[status as string] ?? null;
  const issued = paidMs === null ? [] : issueTickets(random, plan.lines, paidMs);
  const { tickets, refunds } = refundTickets(random, plan, issued, paidMs);
  return {
    id: random.uuid(placedMs),
    organisationId: plan.occurrence.organisationId,
    number: orderNumber(random),
    hold: convertedHold(random, plan),
    guest: plan.guest,
    status,
    placedMs,
    expiresMs,
    paidMs,
    closedMs,
    payments: planPayments(random, plan, paidMs),
    refunds,
    tickets,
  };
}

/** Crockford's base 32, which has no letters that are taken for digits. */
function orderNumber(random: Random): string {
  const digits = Array.from(
    { length: 10 },
    () => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[random.int(0, 31)]!,
  ).join('');
  return `${digits.slice(0, 5)}-${digits.slice(5)}`;
}

function convertedHold(random: Random, { occurrence, lines, placedMs }: OrderPlan): SeedHold {
  const heldMs = placedMs - random.int(20, 400) * 1000;
  return {
    id: random.uuid(heldMs),
    organisationId: occurrence.organisationId,
    occurrence,
    status: 'CONVERTED',
    lines,
    quantity: quantityOf(lines),
    totalMinor: totalOf(lines),
    currency: lines[0]!.ticketType.currency,
    placedMs: heldMs,
    expiresMs: heldMs + 10 * minuteMs,
    endedMs: placedMs,
  };
}

/** One payment in ten is declined at first; a cancelled order often was. */
function planPayments(
  random: Random,
  { lines, status, placedMs }: OrderPlan,
  paidMs: number | null,
): SeedPayment[] {
  const amountMinor = totalOf(lines);
  const payment = (outcome: SeedPayment['status'], endedMs: number): SeedPayment => ({
    id: random.uuid(endedMs - 2_000),
    amountMinor,
    status: outcome,
    startedMs: endedMs - 2_000,
    endedMs,
  });
  if (status === 'CANCELLED') return random.chance(0.5) ? [payment('FAILED', placedMs + 45_000)] : [];
  if (paidMs === null) return [];
  const declined = random.chance(0.1) ? [payment('FAILED', paidMs - 12_000)] : [];
  return [...declined, payment('CONFIRMED', paidMs)];
}

function issueTickets(random: Random, lines: readonly SeedLine[], paidMs: number): SeedTicket[] {
  return lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, index): SeedTicket => ({
      id: random.uuid(paidMs),
      ticketType: line.ticketType,
      line,
      seat: line.seats[index] ?? null,
      status: 'VALID',
      issuedMs: paidMs,
      cancelledMs: null,
    })),
  );
}

/**
 * A full refund takes the tickets back; a partial one is goodwill, and its tickets stay good: as the service itself
 * does it.
 */
function refundTickets(
  random: Random,
  { status, occurrence, startMs, lines }: OrderPlan,
  tickets: SeedTicket[],
  paidMs: number | null,
): { tickets: SeedTicket[]; refunds: SeedRefund[] } {
  if (paidMs === null || status === 'PAID') return { tickets, refunds: [] };
  const cancelled = occurrence.cancelledMs !== null;
  const atMs = cancelled
    ? occurrence.cancelledMs + random.int(1, 55) * minuteMs
    : Math.min(
        paidMs + random.int(2, 72) * hourMs,
        startMs - 5 * minuteMs,
        occurrence.startsMs - 30 * minuteMs,
      );
  const refund = (amountMinor: number, reason: string, ticketIds: string[]): SeedRefund[] => [
    { id: random.uuid(atMs), amountMinor, reason, ticketIds, atMs },
  ];
  if (status === 'PARTIALLY_REFUNDED') {
    const amountMinor = Math.ceil(totalOf(lines) / 5);
    return { tickets, refunds: refund(amountMinor, random.pick(['Restricted view.', 'Late start.']), []) };
  }
  const reason = cancelled
    ? 'The event was cancelled.'
    : random.pick(['Cannot come.', 'Booked twice.', 'Illness.']);
  return {
    tickets: tickets.map((ticket) => ({ ...ticket, status: 'CANCELLED', cancelledMs: atMs })),
    refunds: refund(
      totalOf(lines),
      reason,
      tickets.map((ticket) => ticket.id),
    ),
  };
}
