import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { times } from '@marquee/testkit';
import fc from 'fast-check';
import type { GraphClient, GraphResponse } from '../client/graph-client.ts';
import { guardCell, readCell } from './cells.ts';
import { exportRows } from './export-rows.ts';
import { importRows, type RowReport } from './import-rows.ts';
import { kinds } from './kinds.ts';
import { waitingWhereTold } from './patient.ts';
import { readRows } from './read-rows.ts';

const kindOf = (name: string) => kinds.find((kind) => kind.name === name)!;

/** A graph with as many guests as wanted, which also remembers the ones it is told of. */
function fakeGraph(count: number, nameOf: (place: number) => string = (place) => `Guest ${place}`) {
  const registered: { email: string; name: string }[] = [];
  const inputs: Record<string, unknown>[] = [];
  const answers: Record<string, (input: Record<string, unknown>) => object> = {
    registerGuest: (input) => {
      const { email, name } = input as { email: string; name: string };
      if (!email.includes('@'))
        return { __typename: 'InvalidInput', field: 'email', message: 'must be an e-mail address' };
      registered.push({ email, name });
      return { __typename: 'GuestRegistered', guestId: `gst_${email}` };
    },
    holdTickets: ({ idempotencyKey, items }) =>
      (items as { quantity: number }[])[0]!.quantity > 4
        ? { __typename: 'NotEnoughTickets', message: 'Only 4 left.' }
        : { __typename: 'TicketsHeld', hold: { id: `hold of ${String(idempotencyKey)}` } },
    checkOut: ({ holdId }) => ({ __typename: 'OrderPlaced', order: { id: String(holdId), number: 'NEW' } }),
    payOrder: () => ({ __typename: 'OrderPaid', order: { id: 'x' } }),
  };
  const client = {
    query: async (_: string, { first, after }: { first: number; after: string | null }) => {
      const from = Number(after ?? 0);
      const places = Array.from({ length: Math.min(first, count - from) }, (_, place) => from + place);
      return {
        guests: {
          edges: places.map((place) => ({
            node: {
              id: `gst_${place}`,
              email: `guest${place}@example.com`,
              name: nameOf(place),
              locale: 'en',
              phone: '+4312345',
              registeredAt: '2027-01-01T00:00:00Z',
            },
          })),
          pageInfo: { hasNextPage: from + first < count, endCursor: String(from + first) },
        },
      };
    },
    send: async (document: string, { input }: { input: Record<string, unknown> }) => {
      const [, field] = /\{ (\w+)\(input/.exec(document)!;
      inputs.push({ field, ...input });
      return { status: 200, data: { [field!]: answers[field!]!(input) }, errors: [], correlationId: null };
    },
  } as unknown as GraphClient & { send(): Promise<GraphResponse<never>> };
  return { client, registered, inputs };
}

function collect(): { readonly to: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { to, text: () => Buffer.concat(chunks).toString() };
}

async function take(
  client: GraphClient,
  kind: string,
  text: string,
  payment?: { provider: string; token: string },
) {
  const reports: RowReport[] = [];
  const counts = await importRows(client, kindOf(kind), Readable.from([text]), {
    ...(payment && { payment }),
    onRow: (report) => void reports.push(report),
  });
  return { counts, reports };
}

describe('a cell', () => {
  test('is never a formula, and reads back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `=${text}`),
          fc.string().map((text) => `''@${text}`),
        ),
        (text) => {
          expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r]/);
          expect(readCell(guardCell(text))).toBe(text);
        },
      ),
    );
    expect(guardCell('=HYPERLINK("http://evil.example")')).toBe(`'=HYPERLINK("http://evil.example")`);
    expect(guardCell("O'Neill")).toBe("O'Neill");
  });
});

describe('guests', () => {
  test('go out and come in again as they were, also those whose names are formulas, quotes or lines', async () => {
    const names = ['=1+1', '@cmd', 'Ann "The Voice" Lee', 'two\nlines', "'=quoted", 'a,b;c', '-5'];
    const out = collect();
    const graph = fakeGraph(names.length, (place) => names[place]!);
    expect(await exportRows(graph.client, kindOf('guests'), out.to)).toBe(names.length);
    expect(out.text()).toContain("'=1+1");
    expect(out.text()).toContain("'+4312345");
    const { counts, reports } = await take(graph.client, 'guests', out.text());
    expect(counts).toEqual({ taken: names.length, refused: 0 });
    expect(graph.registered.map(({ name }) => name)).toEqual(names);
    expect(reports[0]).toMatchObject({
      line: 2,
      key: 'guest0@example.com',
      became: 'gst_guest0@example.com',
    });
  });

  test('are refused row by row, with the column and the reason, and the others are taken', async () => {
    const { client, registered } = fakeGraph(0);
    const text = '\uFEFFemail,name,shoe size\r\na@b.c,Ann,38\r\n\r\nnobody,Bob,40\r\nc@d.e,Cy,41\r\n';
    const { counts, reports } = await take(client, 'guests', text);
    expect(counts).toEqual({ taken: 2, refused: 1 });
    expect(reports[1]).toEqual({
      line: 4,
      key: 'nobody',
      result: 'REFUSED',
      became: '',
      field: 'email',
      reason: 'must be an e-mail address',
    });
    expect(registered).toHaveLength(2);
  });

  test('are as many as there are: the memory stays the same', async () => {
    const { client } = fakeGraph(100_000);
    let bytes = 0;
    const counting = new Writable({
      write: (chunk: Buffer, _, done) => {
        bytes += chunk.length;
        done();
      },
    });
    let most = 0;
    const before = process.memoryUsage().heapUsed;
    await exportRows(client, kindOf('guests'), counting, (rows) => {
      if (rows % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
    });
    expect(bytes).toBeGreaterThan(7_000_000);
    // All rows at once would be several hundred megabytes of objects.
    expect(most).toBeLessThan(150_000_000);
  });

  test('come in however long the file is, each with its report and in order: the memory stays the same', async () => {
    const rows = times({ test: 20_000, soak: 1_000_000 });
    const file = function* () {
      yield 'email,name\n';
      for (let place = 0; place < rows; place++) yield `guest${place}@example.com,Guest ${place}\n`;
    };
    const answer = {
      status: 200,
      data: { registerGuest: { __typename: 'GuestRegistered', guestId: 'gst_1' } },
    };
    const client = { send: async () => ({ ...answer, errors: [], correlationId: null }) as never };
    const before = process.memoryUsage().heapUsed;
    let [most, last, inOrder] = [0, 1, true];
    const counts = await importRows(client, kindOf('guests'), Readable.from(file()), {
      onRow: ({ line }) => {
        inOrder &&= line === ++last;
        if (line % 1_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
      },
    });
    expect({ ...counts, inOrder }).toEqual({ taken: rows, refused: 0, inOrder: true });
    expect(most).toBeLessThan(150_000_000);
  }, 600_000);
});

describe('a graph that is asked too much', () => {
  test('is waited for as long as it says, and what it says then counts', async () => {
    const answers = [2, 0, null].map((retryAfterSeconds) => ({
      status: 429,
      data: retryAfterSeconds === null ? { guests: 1 } : null,
      errors:
        retryAfterSeconds === null
          ? []
          : [{ message: 'Too much.', extensions: { code: 'RATE_LIMITED', retryAfterSeconds } }],
      correlationId: null,
    }));
    const waited: number[] = [];
    const send = async () => answers.shift() as never;
    const patient = waitingWhereTold({ send }, async (ms) => waited.push(ms));
    expect(await patient.query('{ guests }')).toEqual({ guests: 1 });
    expect(waited).toEqual([2_000, 1_000]);
  });

  test('is not asked again where it refuses for another reason', async () => {
    const refused = { status: 403, data: null, errors: [{ message: 'No.' }], correlationId: null };
    const patient = waitingWhereTold({ send: async () => refused as never }, async () => {
      throw new Error('waited');
    });
    await expect(patient.query('{ guests }')).rejects.toThrow('the graph answered 403');
  });
});

describe('orders', () => {
  const head = 'order,status,guestEmail,guestName,occurrenceId,ticketTypeId,quantity,seatIds';

  test('are taken whole: the lines that stand together are one hold and one order, paid where they were', async () => {
    const { client, inputs } = fakeGraph(0);
    const text = [
      head,
      'A1,PAID,a@b.c,Ann,occ_1,tty_1,2,',
      'A1,PAID,a@b.c,Ann,occ_1,tty_2,2,sea_1 sea_2',
      'A2,PENDING_PAYMENT,b@b.c,Bob,occ_1,tty_1,1,',
    ].join('\n');
    const payment = { provider: 'sandbox', token: 'approve' };
    const { counts, reports } = await take(client, 'orders', text, payment);
    expect(counts).toEqual({ taken: 3, refused: 0 });
    expect(reports.map(({ line, key, became }) => [line, key, became])).toEqual([
      [2, 'A1', 'NEW'],
      [3, 'A1', 'NEW'],
      [4, 'A2', 'NEW'],
    ]);
    const of = (field: string) => inputs.filter((input) => input['field'] === field);
    expect(of('holdTickets')).toHaveLength(2);
    expect(of('holdTickets')[0]).toMatchObject({
      occurrenceId: 'occ_1',
      items: [
        { ticketTypeId: 'tty_1', quantity: 2, seatIds: [] },
        { ticketTypeId: 'tty_2', quantity: 2, seatIds: ['sea_1', 'sea_2'] },
      ],
    });
    expect(of('payOrder')).toHaveLength(1);

    // Once more: every step with the key that it had.
    const keys = inputs.map((input) => input['idempotencyKey']).toSorted();
    await take(client, 'orders', text, payment);
    expect(
      inputs
        .slice(keys.length)
        .map((input) => input['idempotencyKey'])
        .toSorted(),
    ).toEqual(keys);
  });

  test('are refused whole, for what a row says or for what the graph says', async () => {
    const { client, inputs } = fakeGraph(0);
    const text = [
      head,
      'A1,PAID,a@b.c,Ann,occ_1,tty_1,two,',
      'A1,PAID,a@b.c,Ann,occ_1,tty_1,1,',
      'A2,PAID,b@b.c,Bob,occ_1,tty_1,5,',
      ',PAID,b@b.c,Bob,occ_1,tty_1,5,',
    ].join('\n');
    const { counts, reports } = await take(client, 'orders', text);
    expect(counts).toEqual({ taken: 0, refused: 4 });
    expect(reports.map(({ field, reason }) => [field, reason])).toEqual([
      ['quantity', 'must be a whole number from 1 to 999'],
      ['quantity', 'must be a whole number from 1 to 999'],
      ['', 'Only 4 left.'],
      ['order', 'must name the order: by it the row is known again'],
    ]);
    expect(inputs).toHaveLength(1);
  });

  test('have tickets with a row each, which come in as one order again', async () => {
    const { client, inputs } = fakeGraph(0);
    const text = [
      'ticketId,order,status,orderStatus,guestEmail,guestName,occurrenceId,ticketTypeId,seatIds',
      't1,A1,VALID,PAID,a@b.c,Ann,occ_1,tty_1,sea_1',
      't2,A1,VALID,PAID,a@b.c,Ann,occ_1,tty_1,sea_2',
    ].join('\n');
    await take(client, 'tickets', text);
    expect(inputs[0]).toMatchObject({
      items: [{ ticketTypeId: 'tty_1', quantity: 2, seatIds: ['sea_1', 'sea_2'] }],
    });
  });
});

describe('a file', () => {
  const read = async (text: string, kind = 'guests') => {
    const rows = [];
    for await (const row of readRows(Readable.from([text]), kindOf(kind))) rows.push(row);
    return rows;
  };

  test.each([
    ['name\nAnn', /no column email: it is none of guests/],
    [`email,name\n"a@b.c,Ann`, /no CSV that can be read/],
    [`email,name\na@b.c,"${'x'.repeat(70_000)}"`, /no CSV that can be read/],
  ])('that is none is said to be none: %#', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
