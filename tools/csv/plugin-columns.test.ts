import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { exportRows } from './export-rows.ts';
import { ordersWithPlugins } from './kinds.ts';

test('orders bear the columns of plugins after our own; a plugin that is silent is told once and leaves them empty', async () => {
  const cells = [
    [{ column: 'early-bird.discount', value: '=250', warning: null }],
    [{ column: 'early-bird', value: null, warning: 'Early bird did not answer.' }],
    [{ column: 'early-bird', value: null, warning: 'Early bird did not answer.' }],
  ];
  const amount = { amountMinor: 4900, currency: 'EUR' };
  const line = {
    quantity: 1,
    unitPrice: amount,
    occurrence: null,
    ticketType: { id: 't', name: 'Floor' },
    seats: [],
  };
  const order = {
    status: 'PAID',
    createdAt: '',
    paidAt: null,
    total: amount,
    guest: null,
    lines: [line, line],
  };
  const edges = cells.map((reportColumns, place) => ({
    node: { ...order, number: `N${place}`, reportColumns },
  }));
  const client = {
    query: async () => ({ orders: { edges, pageInfo: { hasNextPage: false, endCursor: null } } }),
  };
  const chunks: string[] = [];
  const to = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(`${chunk}`), done()) });
  const warnings: string[] = [];
  const kind = ordersWithPlugins((warning) => warnings.push(warning));
  expect(await exportRows(client as never, kind, to)).toBe(6);
  const lines = chunks.join('').trim().split('\r\n');
  expect(lines[0]).toMatch(/^order,status,.*,paidAt,early-bird\.discount$/);
  expect(lines.slice(1).map((text) => text.split(',').at(-1))).toEqual(["'=250", "'=250", '', '', '', '']);
  expect(warnings).toEqual(['Early bird did not answer.']);
});
