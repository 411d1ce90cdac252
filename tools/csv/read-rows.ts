import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { UsageError } from '../token/request.ts';
import { readCell } from './cells.ts';
import type { Kind, Row } from './kinds.ts';

/** A row and the line of the file that it begins on. */
export type NumberedRow = { readonly line: number; readonly row: Row };

/** The largest row, and the most rows, that a file may have. */
export const limits = { rowBytes: 64 * 1024, rows: 1_000_000 };

/**
 * The rows of a file of this kind, one at a time. Throws a UsageError where it is no such file: no line of names, a
 * needed column missing, a row without end. Other columns are let be, and so are empty lines.
 */
export async function* readRows(file: Readable, kind: Kind): AsyncGenerator<NumberedRow> {
  const parser = parse({
    bom: true,
    columns: (names: string[]) => checkNames(names, kind),
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: limits.rowBytes,
    trim: true,
  });
  file.once('error', (error) => parser.destroy(error));
  file.pipe(parser);
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
      rows += 1;
      if (rows > limits.rows) throw new UsageError(`The file has more than ${limits.rows} rows: split it.`);
      const cells = Object.entries(record).map(([name, cell]) => [name, readCell(cell ?? '')] as const);
      yield { line: info.lines, row: Object.fromEntries(cells) };
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CSV_'))
      throw new UsageError(`The file is no CSV that can be read: ${(error as Error).message}`);
    throw error;
  } finally {
    file.destroy();
  }
}

function checkNames(names: string[], { name, needed }: Kind): string[] {
  const missing = needed.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new UsageError(`The file has no column ${missing.join(', ')}: it is none of ${name}.`);
  return names;
}

/** Rows that belong together stand together: the lines of one order. */
export async function* inGroups(
  rows: AsyncIterable<NumberedRow>,
  keyOf: (row: Row) => string,
): AsyncGenerator<readonly NumberedRow[]> {
  let group: NumberedRow[] = [];
  for await (const next of rows) {
    if (group.length > 0 && keyOf(group[0]!.row) !== keyOf(next.row)) {
      yield group;
      group = [];
    }
    group.push(next);
    if (group.length > 100) throw new UsageError(`Line ${next.line}: an order has at most 100 rows.`);
  }
  if (group.length > 0) yield group;
}

/** Rows that stand for themselves. */
export async function* each(rows: AsyncIterable<NumberedRow>): AsyncGenerator<readonly NumberedRow[]> {
  for await (const row of rows) yield [row];
}
