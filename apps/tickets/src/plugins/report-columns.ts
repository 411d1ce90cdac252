import { hookBatch, type HookInput } from '@marquee/contracts';
import { askColumns, type ReportCell } from '@marquee/hooks';
import type { Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { findOccurrences } from '../occurrences/replicas.ts';
import { findGuests } from '../orders/guest-rows.ts';
import { occurrencesOf } from '../orders/order-parts.ts';
import { findLines, findOrders } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';

/** More of an order than an answer is worth; plugins see the first. */
const mostLines = 100;

/** By order. Plugins are asked about a hundred at a time, one page after the other; nobody where none has a say. */
export async function columnsOfOrders(
  services: Services,
  viewer: Viewer,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ReportCell[]>> {
  const { database, hooks } = services;
  const cells = new Map<string, readonly ReportCell[]>();
  if (!hooks.has(viewer.organisationId, 'report-column')) return cells;
  for (let from = 0; from < orderIds.length; from += hookBatch) {
    const page = orderIds.slice(from, from + hookBatch);
    const input = await database.read(viewer, (tx) => describeOrders(tx, page));
    if (input.rows.length === 0) continue;
    const said = await askColumns(hooks, viewer.organisationId, input);
    for (const [place, { orderId }] of input.rows.entries()) cells.set(orderId, said[place]!);
  }
  return cells;
}

async function describeOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<Extract<HookInput<'report-column'>, { readonly report: 'orders' }>> {
  const orders = await findOrders(tx, orderIds);
  const lines = await findLines(tx, orderIds);
  const occurrences = await findOccurrences(tx, occurrencesOf(lines));
  const startsAt = new Map(occurrences.map((each) => [each.id, each.startsAt.toISOString()]));
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  const known = await findGuests(tx, [...new Set(orders.map(({ guestId }) => guestId))]);
  const guests = new Map(known.map(({ id, name, email }) => [id, { name, email }]));
  // An order of an occurrence that nobody knows any more has nothing that a plugin could reckon with.
  const described = orders
    .map((order) => ({
      order,
      lines: (linesOf.get(order.id) ?? []).slice(0, mostLines).flatMap((line) => {
        const { ticketTypeId, occurrenceId, quantity, unitPrice } = line;
        const at = startsAt.get(occurrenceId);
        if (at === undefined) return [];
        return [{ ticketTypeId, occurrenceId, quantity, startsAt: at, unitPrice: amountOf(unitPrice) }];
      }),
    }))
    .filter((each) => each.lines.length > 0);
  return {
    report: 'orders',
    rows: described.map(({ order, lines: own }) => ({
      orderId: order.id,
      placedAt: order.createdAt.toISOString(),
      lines: own,
    })),
    sales: described.map(({ order: { number, status, total, paid, refunded } }) => ({
      number,
      status,
      total: amountOf(total),
      paid: amountOf(paid),
      refunded: amountOf(refunded),
    })),
    guests: described.map(({ order }) => guests.get(order.guestId) ?? null),
  };
}

const amountOf = ({ amountMinor, currency }: Money) => ({ amountMinor: `${amountMinor}`, currency });
