import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergePages, type LogPage, type Positions } from './trail.ts';

type Entry = {
  readonly index: number;
  readonly log: number;
  readonly event: { readonly occurredAt: string };
};

const logs = fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});

/** As a log answers: so many entries a page that fit, of so many that are looked at. */
function pageOf(
  entries: readonly Entry[],
  before: number | null,
  limit: number,
  looked: number,
): LogPage<Entry> {
  const from = before ?? entries.length;
  const start = Math.max(0, from - looked);
  const fitting = entries
    .slice(start, from)
    .toReversed()
    .filter(({ index }) => index % 2 === 0)
    .slice(0, limit);
  const last = fitting.length === limit ? fitting.at(-1)!.index : start;
  return { entries: fitting, from, next: last > 0 ? last : null };
}

describe('the trail of several logs', () => {
  test('meets every entry once, in the order of each log, page after page', () => {
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        (times, first, looked) => {
          const all = times.map((own, log) =>
            own
              .toSorted((a, b) => a - b)
              .map((time, index): Entry => ({
                index,
                log,
                event: { occurredAt: new Date(time * 1_000).toISOString() },
              })),
          );
          const met: Entry[] = [];
          let positions: Positions = all.map(({ length }) => length);
          for (let round = 0; positions.some((position) => position !== null); round++) {
            expect(round).toBeLessThan(500);
            const pages = positions.map((position, log) =>
              position === null
                ? { entries: [], from: null, next: null }
                : pageOf(all[log]!, position, first, looked),
            );
            const merged = mergePages(pages, first);
            met.push(...merged.edges.map(({ entry }) => entry));
            // From an entry's own cursor one goes on as from the page's end.
            if (merged.edges.length === first)
              expect(merged.edges.at(-1)!.positions).toEqual(merged.positions);
            positions = merged.positions;
          }
          const expected = all.flat().filter(({ index }) => index % 2 === 0);
          expect(met).toHaveLength(expected.length);
          expect(new Set(met)).toEqual(new Set(expected));
          const dates = met.map(({ event }) => event.occurredAt);
          expect(dates).toEqual(dates.toSorted().toReversed());
        },
      ),
    );
  });
});
