import { expect, test } from '@jest/globals';
import { noCurrency } from '@marquee/kernel';
import { mainRevenue, nothingCounted, readCounted } from './stats.ts';

const row = { ticketsSold: '3', ticketsHeld: '2', checkedIn: '1', revenue: [], updatedAt: new Date(0) };

test('the revenue of an occurrence is in the currency with most orders, which comes first', () => {
  const revenue = [
    { amountMinor: '2500', currency: 'EUR' },
    { amountMinor: '90000', currency: 'CHF' },
  ];
  expect(mainRevenue(readCounted({ ...row, revenue }))).toEqual({ amountMinor: 2500n, currency: 'EUR' });
});

test('before the first order the revenue is zero in no currency', () => {
  expect(mainRevenue(nothingCounted)).toEqual({ amountMinor: 0n, currency: noCurrency });
});

test('counts come as text and are read as numbers, amounts keep every digit', () => {
  const revenue = [{ amountMinor: '12345678901234567890', currency: 'EUR' }];
  expect(readCounted({ ...row, revenue })).toEqual({
    ticketsSold: 3,
    ticketsHeld: 2,
    checkedIn: 1,
    revenue: [{ amountMinor: 12345678901234567890n, currency: 'EUR' }],
    updatedAt: new Date(0),
  });
});

test('a count below zero reads as zero', () => {
  const counted = readCounted({ ...row, ticketsSold: '-1', ticketsHeld: -2, checkedIn: '-3' });
  expect(counted).toMatchObject({ ticketsSold: 0, ticketsHeld: 0, checkedIn: 0 });
});
