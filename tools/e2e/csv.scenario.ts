import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { exportRows } from '../csv/export-rows.ts';
import { importRows, type RowReport } from '../csv/import-rows.ts';
import { kinds, type Row } from '../csv/kinds.ts';
import { readRows } from '../csv/read-rows.ts';
import { createGraphClient, type GraphClient } from '../client/graph-client.ts';
import { buy, planEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

type Name = (typeof kinds)[number]['name'];
const kindOf = (name: Name) => kinds.find((kind) => kind.name === name)!;

async function write(client: GraphClient, name: Name): Promise<string> {
  const chunks: Buffer[] = [];
  const to = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  await exportRows(client, kindOf(name), to);
  return Buffer.concat(chunks).toString();
}

async function read(name: Name, text: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { row } of readRows(Readable.from([text]), kindOf(name))) rows.push(row);
  return rows;
}

async function take(client: GraphClient, name: Name, text: string): Promise<RowReport[]> {
  const reports: RowReport[] = [];
  await importRows(client, kindOf(name), Readable.from([text]), {
    payment: { provider: 'sandbox', token: 'approve' },
    onRow: (report) => void reports.push(report),
  });
  return reports;
}

/** Orders, tickets and guests out of the real platform and in again. */
export function describeCsv(platform: () => TestPlatform): void {
  describe('CSV', () => {
    test('takes sales out and in again, the same however often, and never into another organisation', async () => {
      const owner = await platform().tokens.token({ role: 'owner', organisationId: newUuid() });
      const client = createGraphClient({ url: platform().running.urls.graph, token: owner });
      try {
        const event = await planEvent(client, owner, 'Sheets', 50);
        const [occurrenceId] = event.occurrenceIds;
        for (const quantity of [1, 2]) {
          await buy(client, owner, {
            occurrenceId: occurrenceId!,
            items: [{ ticketTypeId: event.standingId, quantity }],
            guest: { email: `sheet${quantity}@example.com`, name: `=Sheet ${quantity}` },
          });
        }
        const sales = await write(client, 'orders');
        const rows = await read('orders', sales);
        const told = (of: readonly Row[]) =>
          of
            .map((row) => [row['guestEmail'], row['guestName'], row['quantity'], row['status']].join())
            .toSorted();
        expect(told(rows)).toEqual([
          'sheet1@example.com,=Sheet 1,1,PAID',
          'sheet2@example.com,=Sheet 2,2,PAID',
        ]);
        expect((await read('tickets', await write(client, 'tickets'))).length).toBe(3);

        const first = await take(client, 'orders', sales);
        expect(first.map(({ result }) => result)).toEqual(['TAKEN', 'TAKEN']);
        expect(await take(client, 'orders', sales)).toEqual(first);
        const after = await read('orders', await write(client, 'orders'));
        expect(told(after)).toEqual([...told(rows), ...told(rows)].toSorted());

        const guests = await write(client, 'guests');
        const again = await take(client, 'guests', guests);
        expect(again.map(({ result }) => result)).toEqual(['TAKEN', 'TAKEN']);
        expect(await write(client, 'guests')).toBe(guests);

        const stranger = await platform().tokens.token({ role: 'owner', organisationId: newUuid() });
        const foreign = createGraphClient({ url: platform().running.urls.graph, token: stranger });
        const refused = await take(foreign, 'orders', sales);
        expect(refused.map(({ result }) => result)).toEqual(['REFUSED', 'REFUSED']);
        expect(await read('orders', await write(foreign, 'orders'))).toEqual([]);
        await foreign.close();
      } finally {
        await client.close();
      }
    }, 120_000);
  });
}
