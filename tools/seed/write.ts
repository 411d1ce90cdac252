import { systemRole } from '@marquee/postgres';
import pg from 'pg';
import { encipherLog } from './encipher.ts';
import { instant, type NumberedEntry } from './log.ts';
import type { TableRows } from './rows.ts';

/** Rows of one statement; more gain nothing and make one huge string. */
const batchSize = 5_000;

/** What a database says of its demo data. */
export type Marker = { readonly seed: string; readonly startDay: string };

/** A connection of the database's owner. */
export async function connectOwner(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'seed' });
  await client.connect();
  return client;
}

/** Which demo data the database has, or null for none. */
export async function readMarker(client: pg.Client): Promise<Marker | null> {
  await client.query('create table if not exists demo_data (seed text not null, start_day text not null)');
  const { rows } = await client.query<{ seed: string; start_day: string }>(
    'select seed, start_day from demo_data',
  );
  return rows[0] ? { seed: rows[0].seed, startDay: rows[0].start_day } : null;
}

/** Whoever may write for every organisation, until the transaction that it begins ends. */
export async function beginAsSystem(client: pg.Client): Promise<void> {
  await client.query('begin');
  await client.query(`set local role ${systemRole}`);
}

/**
 * Writes rows, events and marker, and leaves the transaction open: a service has all of its demo data or none, and
 * who commits first is for the caller to say.
 */
export async function writeService(
  client: pg.Client,
  marker: Marker,
  tables: readonly TableRows[],
  log: readonly NumberedEntry[],
  keysFile?: string,
): Promise<number> {
  await client.query('begin');
  await client.query('insert into demo_data (seed, start_day) values ($1, $2)', [
    marker.seed,
    marker.startDay,
  ]);
  await client.query(`set local role ${systemRole}`);
  return writeMore(client, tables, log, keysFile);
}

/** Rows and events, in the transaction that is open. */
export async function writeMore(
  client: pg.Client,
  tables: readonly TableRows[],
  log: readonly NumberedEntry[],
  keysFile?: string,
): Promise<number> {
  let count = 0;
  for (const each of [...tables, ...logTables(keysFile ? await encipherLog(client, keysFile, log) : log)]) {
    await insertRows(client, each);
    count += each.rows.length;
  }
  return count;
}

/** The event log's own tables, in the order that its reader hands events out: that of their insertion. */
function logTables(log: readonly NumberedEntry[]): TableRows[] {
  const streams = new Map(log.map((entry) => [entry.streamId, entry]));
  return [
    {
      table: 'event_log',
      rows: log.map((entry) => ({
        event_id: entry.id,
        organisation_id: entry.organisationId,
        stream_id: entry.streamId,
        version: entry.version,
        type: entry.type,
        data: entry.data,
        occurred_at: instant(entry.atMs),
        correlation_id: entry.correlationId,
        actor: entry.actor,
      })),
    },
    {
      table: 'event_stream',
      rows: [...streams.values()].map(({ organisationId, streamId, version }) => ({
        organisation_id: organisationId,
        stream_id: streamId,
        version,
      })),
    },
  ];
}

/** One JSON parameter a batch, read by the table's own row type: no column types to repeat here. */
async function insertRows(client: pg.Client, { table, rows, replica }: TableRows): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const into = columns.join(', ');
  // Who wrote a stream last: this very transaction, as the log's own append would have it.
  const [more, value] = table === 'event_stream' ? [', last_tx', ', pg_current_xact_id()'] : ['', ''];
  const sql = `insert into ${table} (${into}${more})
    select ${into}${value} from jsonb_populate_recordset(null::${table}, $1::jsonb)
    ${replica ? 'on conflict do nothing' : ''}`;
  for (let from = 0; from < rows.length; from += batchSize) {
    await client.query(sql, [JSON.stringify(rows.slice(from, from + batchSize))]);
  }
}
