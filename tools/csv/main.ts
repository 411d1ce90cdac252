import { createReadStream, createWriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify';
import { createGraphClient, type GraphClient } from '../client/graph-client.ts';
import { organisations } from '../seed/organisations.ts';
import { readRunning } from '../start/run-state.ts';
import { keysDirectory } from '../token/config.ts';
import { issueToken } from '../token/issuer.ts';
import { parseCommandLine as parseTokenRequest, UsageError } from '../token/request.ts';
import { guardCell } from './cells.ts';
import { exportRows } from './export-rows.ts';
import { importRows, type RowReport } from './import-rows.ts';
import { kinds, ordersWithPlugins, type Kind } from './kinds.ts';
import { waitingWhereTold } from './patient.ts';

const usage = `Writes orders, guests or tickets of an organisation as CSV, and takes such files in, a row at a time however long
they are. Cells that a spreadsheet would run as a formula are written with an apostrophe before them.

  npm run csv -- export orders|guests|tickets [FILE] [options]
  npm run csv -- import orders|guests|tickets FILE [options]

  FILE                   - is standard input or output
  --organisation NAME    ${organisations.map(({ slug }) => slug).join(', ')}, a full name, or any uuid
  --token TOKEN          instead: whose token it is says of which organisation, and what may be done
  --url URL              of the graph (default: the one that runs on this home)
  --plugin-columns       export orders: with the columns that plugins add; what is empty because of one is told on stderr
  --report FILE          import: what became of every row, as CSV (line, key, result, became, field, reason)
  --pay PROVIDER:TOKEN   import: orders that are PAID in the file are paid with this; else they stay to be paid
  --json                 ends with the counts as one line of JSON on stderr
  --help

Where the graph says that it is asked too much, this waits and goes on: a long file takes its time.
Taking a file in again changes nothing: guests are known by their address, orders by their number in the file (for a day)
and by what they ask for. Rows of one order stand together. Exit codes: 0 all done, 1 rows were refused or it failed,
2 a fault of the command line.
`;

type Options = ReturnType<typeof readOptions>;

function readOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      organisation: { type: 'string' },
      token: { type: 'string' },
      url: { type: 'string' },
      report: { type: 'string' },
      'plugin-columns': { type: 'boolean', default: false },
      pay: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, positionals };
}

async function connect({ url, token, organisation }: Options): Promise<GraphClient> {
  const found = url ?? readRunning(dirname(keysDirectory()))?.url;
  if (!found)
    throw new UsageError('No platform runs on this home: start one with npm start, or name its --url.');
  if ((token === undefined) === (organisation === undefined))
    throw new UsageError('Say of which --organisation, or give a --token.');
  const of = { url: found, client: 'marquee csv' };
  if (token !== undefined) return createGraphClient({ ...of, token });
  const parsed = parseTokenRequest(['--role', 'organiser', '--organisation', organisation!]);
  if (parsed.help) throw new UsageError('--organisation is none.');
  return createGraphClient({ ...of, token: await issueToken(keysDirectory(), parsed.request) });
}

type Asking = ReturnType<typeof waitingWhereTold>;

async function runExport(client: Asking, kind: Kind, file = '-'): Promise<object> {
  const to = file === '-' ? process.stdout : createWriteStream(file);
  return { rows: await exportRows(client, kind, to, showProgress) };
}

async function runImport(client: Asking, kind: Kind, file: string, options: Options) {
  const [provider, token] = options.pay?.split(':') ?? [];
  if (options.pay !== undefined && (!provider || !token)) throw new UsageError('--pay is PROVIDER:TOKEN.');
  const columns: (keyof RowReport)[] = ['line', 'key', 'result', 'became', 'field', 'reason'];
  const report = options.report === undefined ? null : stringify({ header: true, columns });
  const written = report?.pipe(createWriteStream(options.report!));
  let rows = 0;
  const counts = await importRows(client, kind, file === '-' ? process.stdin : createReadStream(file), {
    ...(provider && token && { payment: { provider, token } }),
    onRow: async (row) => {
      if (++rows % 1_000 === 0) showProgress(rows);
      if (row.result === 'REFUSED' && !report)
        process.stderr.write(`line ${row.line}: ${row.field && `${row.field} `}${row.reason}\n`);
      const room = report?.write(columns.map((column) => guardCell(String(row[column])))) ?? true;
      if (!room) await new Promise<void>((resolve) => report!.once('drain', () => resolve()));
    },
  });
  if (report) {
    report.end();
    await new Promise<void>((resolve) => written!.once('finish', () => resolve()));
  }
  return counts;
}

function warn(warning: string): void {
  process.stderr.write(`${warning} Its column stays empty.\n`);
}

function showProgress(rows: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${rows.toLocaleString('en')} rows`);
}

async function run(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [what, name, file, ...more] = options.positionals;
  const kind = kinds.find((each) => each.name === name);
  if ((what !== 'export' && what !== 'import') || !kind || more.length > 0)
    throw new UsageError('Say export or import, and of what: orders, guests or tickets.');
  if (what === 'import' && file === undefined) throw new UsageError('Name the file to take in, or -.');
  const withPlugins = options['plugin-columns'];
  if (withPlugins && (what !== 'export' || name !== 'orders'))
    throw new UsageError('--plugin-columns is for export orders.');
  const client = await connect(options);
  const asking = waitingWhereTold(client);
  try {
    const counts =
      what === 'export'
        ? await runExport(asking, withPlugins ? ordersWithPlugins(warn) : kind, file)
        : await runImport(asking, kind, file!, options);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    const text = Object.entries(counts).map(
      ([part, count]) => `${Number(count).toLocaleString('en')} ${part}`,
    );
    process.stderr.write(`${options.json ? JSON.stringify(counts) : text.join(', ')}\n`);
    return 'refused' in counts && counts.refused !== 0 ? 1 : 0;
  } finally {
    await client.close();
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const isUsage =
    (error as Error).name === 'UsageError' || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${(error as Error).message}\n${isUsage ? 'See npm run csv -- --help.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
