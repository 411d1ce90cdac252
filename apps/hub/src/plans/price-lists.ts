import { systemScope, type Database } from '@marquee/postgres';
import { readPriceList, writePriceList } from './parse-plans.ts';
import { dayOf, periodOf, type Period, type Plan } from './plan.ts';
import { createPlans, type Plans } from './plans.ts';

/** What plans there are in each period, and what they cost. */
export type PriceLists = {
  /** By period: of one before the first list it is the first. Never changed, but for periods that have not begun at `now`. */
  read(now: Date): Promise<(period: Period) => Plans>;
};

/**
 * What the operator's file says when a period begins holds for the whole of it, in all processes: whoever asks first writes
 * it down. So no edit changes a price in the middle of a month, nor one that is not invoiced yet. A plan that is not in
 * the file any more stays for those who have it.
 */
export function createPriceLists(database: Database, file: readonly Plan[]): PriceLists {
  let kept: { readonly day: string; readonly listOf: (period: Period) => Plans } | null = null;
  return {
    read: async (now) => {
      const day = dayOf(periodOf(now).start);
      if (kept?.day !== day) kept = { day, listOf: byPeriod(await listsFrom(database, file, day)) };
      return kept.listOf;
    },
  };
}

type Row = { readonly day: string; readonly list: unknown };

const listsSql = 'select period_start::text as day, list from price_list order by period_start';

function listsFrom(database: Database, file: readonly Plan[], day: string): Promise<Row[]> {
  return database.transaction(systemScope, async (tx) => {
    const rows = await tx.rows<Row>(listsSql);
    if (rows.some((row) => row.day === day)) return rows;
    const before = rows.findLast((row) => row.day < day);
    await tx.execute(
      'insert into price_list (period_start, list) values ($1::date, $2::jsonb) on conflict do nothing',
      [day, JSON.stringify(writePriceList(withThoseHeld(file, before ? readPriceList(before.list) : [])))],
    );
    return tx.rows<Row>(listsSql);
  });
}

function withThoseHeld(file: readonly Plan[], before: readonly Plan[]): Plan[] {
  const codes = new Set(file.map(({ code }) => code));
  const gone = before.filter(({ code }) => !codes.has(code));
  return [...file, ...gone.map((plan) => ({ ...plan, withdrawn: true }))];
}

function byPeriod(rows: readonly Row[]): (period: Period) => Plans {
  const lists = rows.map(({ day, list }) => ({ day, plans: createPlans(readPriceList(list)) }));
  return ({ start }) => (lists.findLast(({ day }) => day <= dayOf(start)) ?? lists[0]!).plans;
}
