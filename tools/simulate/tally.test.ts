import { expect, test } from '@jest/globals';
import { createTally, formatSummary } from './tally.ts';

test('a tally counts visits, operations, refusals by kind and errors by code', () => {
  const tally = createTally();
  tally.visit('buy');
  tally.visit('buy');
  for (const latencyMs of [1, 2, 3, 100]) tally.operation('HoldTickets', latencyMs);
  tally.refusal('HoldTickets', 'NotEnoughTickets');
  tally.error('PayOrder', 'ECONNREFUSED');
  tally.outcome('tickets sold', 3);
  const summary = tally.summary(12.34);
  expect(summary).toEqual({
    seconds: 12.3,
    visits: { buy: 2 },
    operations: [{ operation: 'HoldTickets', sent: 4, p50Ms: 2, p99Ms: 100 }],
    refusals: { 'HoldTickets NotEnoughTickets': 1 },
    errors: { 'PayOrder ECONNREFUSED': 1 },
    outcomes: { 'tickets sold': 3 },
  });
  expect(tally.line(12.34)).toBe('12 s  2 visits  4 requests  3 tickets sold  1 refusals  1 errors');
  expect(formatSummary(summary)).toMatch(/HoldTickets +4 +2\.0 +100\.0\n/);
});

test('a quiet hour is said to be one', () => {
  expect(formatSummary(createTally().summary(1))).toMatch(/Errors\n {2}none$/);
});
