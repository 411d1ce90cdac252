import { hookBatch, type HookInput } from '@marquee/contracts';
import { askColumns, type Hooks, type ReportCell } from '@marquee/hooks';
import type { Money } from '@marquee/kernel';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import type { DaySales, MinuteSales, Sales } from '../sales/read-sales.ts';
import type { EventSum, OccurrenceCount } from '../sales/read-stats.ts';
import type { Counted } from '../sales/stats.ts';

type Columns<Row> = Loader<Row, ReportCell[]>;
type Input = HookInput<'report-column'>;

/** What plugins add to reports: each at once for all rows that a request asks for. */
export type ReportColumns = {
  readonly ofDays: Columns<DaySales>;
  readonly ofMinutes: Columns<MinuteSales>;
  readonly ofEvents: Columns<EventSum>;
  readonly ofOccurrences: Columns<OccurrenceCount>;
};

export function createReportColumns(hooks: Hooks, { organisationId }: Viewer): ReportColumns {
  /** A hundred rows at a time, one page after the other; nobody where none has a say. */
  const columnsOf = <Row>(describe: (rows: readonly Row[]) => Input): Columns<Row> =>
    createLoader(async (rows: readonly Row[]) => {
      if (!hooks.has(organisationId, 'report-column')) return rows.map(() => []);
      const cells: ReportCell[][] = [];
      for (let from = 0; from < rows.length; from += hookBatch) {
        const input = describe(rows.slice(from, from + hookBatch));
        cells.push(...(await askColumns(hooks, organisationId, input)));
      }
      return cells;
    });
  return {
    ofDays: columnsOf((days) => ({
      report: 'sales-by-day',
      rows: days.map(({ date }) => ({ date })),
      figures: days.map(figuresOf),
    })),
    ofMinutes: columnsOf((minutes) => ({
      report: 'sales-by-minute',
      rows: minutes.map(({ occurrenceId, startsAt }) => ({ occurrenceId, startsAt: startsAt.toISOString() })),
      figures: minutes.map(figuresOf),
    })),
    ofEvents: columnsOf((events) => ({
      report: 'events',
      rows: events.map(({ eventId }) => ({ eventId })),
      counts: events.map(countsOf),
    })),
    ofOccurrences: columnsOf((occurrences) => ({
      report: 'occurrences',
      rows: occurrences.map(({ occurrenceId }) => ({ occurrenceId })),
      counts: occurrences.map(countsOf),
    })),
  };
}

const amountOf = ({ amountMinor, currency }: Money) => ({ amountMinor: `${amountMinor}`, currency });

function figuresOf({ ordersPaid, ticketsSold, ticketsCancelled, paid, refunded }: Sales) {
  return {
    ordersPaid,
    ticketsSold,
    ticketsCancelled,
    paid: paid.map(amountOf),
    refunded: refunded.map(amountOf),
  };
}

function countsOf({ ticketsSold, ticketsHeld, checkedIn, revenue }: Counted) {
  return { ticketsSold, ticketsHeld, checkedIn, revenue: revenue.map(amountOf) };
}
