import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { GraphClient } from '../client/graph-client.ts';
import { guardCell } from './cells.ts';
import type { Kind, Row } from './kinds.ts';

type Page = {
  readonly edges: readonly { readonly node: never }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

const pageSize = 100;

/** Every row of a kind, a page at a time: how many there are does not matter to the memory. */
export async function* rowsOf(client: Pick<GraphClient, 'query'>, kind: Kind): AsyncGenerator<Row> {
  for (let after: string | null = null; ;) {
    const answer: Record<string, Page> = await client.query<Record<string, Page>>(kind.query, {
      first: pageSize,
      after,
    });
    const { edges, pageInfo } = answer[kind.field]!;
    for (const { node } of edges) yield* kind.rowsOf(node);
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** Writes a kind as CSV (RFC 4180, a line of names first: its own, then what its first row has beside them) as fast as it is taken; answers how many rows. */
export async function exportRows(
  client: Pick<GraphClient, 'query'>,
  kind: Kind,
  to: NodeJS.WritableStream,
  onProgress: (rows: number) => void = () => undefined,
): Promise<number> {
  let rows = 0;
  let columns = kind.columns;
  const guarded = async function* () {
    for await (const row of rowsOf(client, kind)) {
      if (rows === 0) {
        columns = [...new Set([...columns, ...Object.keys(row)])];
        yield columns.map(guardCell);
      }
      rows += 1;
      if (rows % 1_000 === 0) onProgress(rows);
      yield columns.map((column) => guardCell(row[column] ?? ''));
    }
    if (rows === 0) yield columns;
  };
  const lines = stringify({ record_delimiter: 'windows' });
  await pipeline(Readable.from(guarded()), lines, to, { end: to !== process.stdout });
  return rows;
}
