import { expect, test } from '@jest/globals';
import { formatRows, summarise, tooLow } from './coverage.ts';

const lines = (covered: number, total: number) => ({ lines: { covered, total } });
const rules = new Set(['apps/a/src/x/rule.ts']);

test('Lines of each lib, of all libs and of the rules are added up', () => {
  const rows = summarise(
    '/w',
    {
      total: lines(0, 0),
      '/w/libs/one/src/a.ts': lines(90, 100),
      '/w/libs/one/src/b.ts': lines(10, 100),
      '/w/libs/two/src/c.ts': lines(200, 200),
      '/w/apps/a/src/x/rule.ts': lines(9, 10),
      '/w/apps/a/src/x/x.resolvers.ts': lines(0, 50),
    },
    rules,
  );
  expect(rows.map(({ name, percent }) => [name, percent])).toEqual([
    ['libs/one', 50],
    ['libs/two', 100],
    ['all libs', 75],
    ['rules and use cases', 90],
  ]);
  expect(tooLow(rows).map(({ name }) => name)).toEqual(['all libs']);
  expect(formatRows(rows)).toContain('all libs                75.0 %  of 400 lines in 3 files  below 90 %');
});
