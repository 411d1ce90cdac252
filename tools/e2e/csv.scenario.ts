import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { times } from '@marquee/testkit';
import { exportRows } from '../csv/export-rows.ts';
import { importRows, type RowReport } from '../csv/import-rows.ts';
import { kinds, type Row } from '../csv/kinds.ts';
import { readRows } from '../csv/read-rows.ts';
import { createGraphClient, type GraphClient } from '../client/graph-client.ts';
import { waitingWhereTold } from '../csv/patient.ts';
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

/** Of guests, and of orders with a row each: `MARQUEE_SOAK=1` takes as many as a large organisation has. */
const rowCount = times({ test: 120, soak: 100_000 });
/** Each so many rows is one that nobody can take. */
const wrongEach = 40;
/** What a whole file of that length would be in memory, many times over. */
const mayGrowBytes = 150_000_000;

function* lines(head: string, line: (place: number) => string): Generator<string> {
  yield `${head}\r\n`;
  for (let place = 0; place < rowCount; place++) yield `${line(place)}\r\n`;
}

/** What the process has at its highest, beyond what it had when it began. */
function watchMemory() {
  const before = process.memoryUsage().rss;
  let most = 0;
  return {
    look: () => void (most = Math.max(most, process.memoryUsage().rss - before)),
    expectSteady: (what: string, rows: number) => {
      const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
      process.stdout.write(`CSV ${what}: ${rows} rows, +${megabytes(most)} over ${megabytes(before)} RSS\n`);
      expect(most).toBeLessThan(mayGrowBytes);
    },
  };
}

async function takeLong(client: ReturnType<typeof waitingWhereTold>, name: Name, rows: Generator<string>) {
  const memory = watchMemory();
  const told: string[] = [];
  let [last, inOrder] = [1, true];
  const counts = await importRows(client, kindOf(name), Readable.from(rows), {
    onRow: ({ line, result, field }) => {
      // In the order of the file, none left out.
      inOrder &&= line === ++last;
      if (result === 'REFUSED') told.push(`${line} ${field}`);
      if (line % 100 === 0) memory.look();
    },
  });
  expect(inOrder).toBe(true);
  memory.expectSteady(`import of ${name}`, rowCount);
  return { ...counts, told };
}

async function takeOut(client: ReturnType<typeof waitingWhereTold>, name: Name): Promise<number> {
  const memory = watchMemory();
  let ends = 0;
  const to = new Writable({
    write: (chunk: Buffer, _, done) => {
      for (const byte of chunk) if (byte === 10) ends += 1;
      memory.look();
      done();
    },
  });
  const rows = await exportRows(client, kindOf(name), to);
  memory.expectSteady(`export of ${name}`, rows);
  // A line of names, and one for each row: nothing in these files breaks over lines.
  expect(ends).toBe(rows + 1);
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
    });

    test(
      'takes files of any length in and out, row by row, in the same memory',
      async () => {
        const owner = await platform().tokens.token({ role: 'owner', organisationId: newUuid() });
        const client = createGraphClient({ url: platform().running.urls.graph, token: owner });
        const patient = waitingWhereTold(client);
        try {
          const wrong = (place: number) => place % wrongEach === wrongEach - 1;
          const wrongRows = Math.floor(rowCount / wrongEach);
          const refused = (field: string) =>
            Array.from({ length: wrongRows }, (_, place) => `${(place + 1) * wrongEach + 1} ${field}`);
          const good = rowCount - wrongRows;
          const email = (place: number) => `long${place}@example.com`;

          const guests = lines(
            'email,name',
            (place) => `${wrong(place) ? 'nobody' : email(place)},Guest ${place}`,
          );
          expect(await takeLong(patient, 'guests', guests)).toEqual({
            taken: good,
            refused: wrongRows,
            told: refused('email'),
          });
          const event = await planEvent(client, owner, 'Long sheets', rowCount);
          const head = 'order,status,guestEmail,guestName,occurrenceId,ticketTypeId,quantity,seatIds';
          const orders = lines(head, (place) =>
            [
              `L${place}`,
              'PENDING_PAYMENT',
              email(place),
              `Guest ${place}`,
              event.occurrenceIds[0],
              event.standingId,
              wrong(place) ? 'two' : 1,
              '',
            ].join(),
          );
          expect(await takeLong(patient, 'orders', orders)).toEqual({
            taken: good,
            refused: wrongRows,
            told: refused('quantity'),
          });
          expect(await takeOut(patient, 'guests')).toBe(good);
          expect(await takeOut(patient, 'orders')).toBe(good);
        } finally {
          await client.close();
        }
      },
      times({ test: 180_000, soak: 3 * 3_600_000 }),
    );
  });
}
