import { expect } from '@jest/globals';
import { decodeId } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import type { TestPlatform } from './platform.ts';
import type { Traffic } from './traffic.ts';

type Stats = {
  ticketsSold: number;
  ticketsHeld: number;
  checkedIn: number;
  revenue: { amountMinor: number | string };
};

/** Nothing that was acknowledged is lost: paid orders with their tickets, admissions, holds. */
export async function expectKept(
  platform: TestPlatform,
  organisationId: string,
  ledger: Traffic['ledger'],
): Promise<void> {
  const orders = await platform.rows<{ id: string; status: string; tickets: number }>(
    'tickets',
    `select o.id, o.status, count(t.id)::int as tickets from ticket_order o left join ticket t on t.order_id = o.id and t.status = 'VALID'
     where o.organisation_id = $1 group by 1, 2`,
    [organisationId],
  );
  const byId = new Map(orders.map((order) => [order.id, order]));
  for (const { orderId, tickets } of ledger.paid) {
    expect(byId.get(decodeId('Order', orderId)!)).toMatchObject({ status: 'PAID', tickets });
  }
  const admitted = await platform.rows<{ ticket_id: string }>(
    'tickets',
    `select ticket_id from scan where organisation_id = $1 and result = 'ACCEPTED'`,
    [organisationId],
  );
  const seen = new Set(admitted.map((scan) => scan.ticket_id));
  expect(ledger.admitted.filter((id) => !seen.has(decodeId('Ticket', id)!))).toEqual([]);
  const holds = await platform.rows<{ id: string }>(
    'tickets',
    'select id from hold where organisation_id = $1',
    [organisationId],
  );
  const kept = new Set(holds.map((hold) => hold.id));
  expect(ledger.held.filter((id) => !kept.has(decodeId('Hold', id)!))).toEqual([]);
}

/** The statistics of an occurrence come to what the ticket database says, within that time. */
export async function expectStatsAgree(
  platform: TestPlatform,
  token: string,
  occurrenceId: string,
  { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
): Promise<void> {
  const books = await readBooks(platform, occurrenceId);
  await eventually(
    async () => {
      const { occurrence } = await platform.client.query<{ occurrence: { stats: Stats } }>(
        operation('OccurrenceStats'),
        { id: occurrenceId },
        { token },
      );
      const { ticketsSold, ticketsHeld, checkedIn, revenue } = occurrence.stats;
      expect({ ticketsSold, ticketsHeld, checkedIn, revenue: Number(revenue.amountMinor) }).toEqual(books);
    },
    { timeoutMs },
  );
}

/** The ticket database's own account of an occurrence. */
async function readBooks(platform: TestPlatform, occurrenceId: string): Promise<object> {
  const [books] = await platform.rows<Record<string, number>>(
    'tickets',
    `select
       (select count(*)::int from ticket where occurrence_id = $1 and status = 'VALID') as "ticketsSold",
       (select sum(held)::int from quota_bucket where occurrence_id = $1) as "ticketsHeld",
       (select count(*)::int from scan where occurrence_id = $1 and result = 'ACCEPTED') as "checkedIn",
       (select sum(paid_minor - refunded_minor)::int from ticket_order where occurrence_id = $1) as "revenue"`,
    [decodeId('Occurrence', occurrenceId)],
  );
  return books!;
}
