import { withDeleted, type Transaction } from '@marquee/postgres';

/** A table of `tenantTable`, as the database itself knows it: a list in code could forget one. */
export type TenantTable = {
  readonly name: string;
  /** Of its primary key; where it has none, where the row lies: nothing moves while an organisation is read only. */
  readonly key: readonly { readonly column: string; readonly type: string }[];
  /** What is stored as bytes is enciphered, a digest, or derived. */
  readonly bytes: readonly string[];
};

export async function readTenantTables(tx: Transaction): Promise<TenantTable[]> {
  return tx.rows<TenantTable>(`
    select c.relname::text as name,
      (select coalesce(
           jsonb_agg(jsonb_build_object('column', a.attname, 'type', format_type(a.atttypid, null)) order by k.place),
           '[{"column": "ctid", "type": "tid"}]')
         from pg_index i, unnest(i.indkey::int2[]) with ordinality as k (number, place), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.number) as key,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.atttypid = 'bytea'::regtype and not a.attisdropped) as bytes
    from pg_class c join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    order by 1`);
}

/**
 * How the service works, not what it knows of the organisation: no part of a copy. The log has an export of its own, with
 * proofs.
 */
const workings = /^(event_|saga|idempotency_key$|dead_letter$|erasure_report$|removed_organisation$)/;

/** Where a copy goes on: after this row of this table, or at its beginning. */
export type CopyCursor = { readonly table: string; readonly key: readonly string[] };

export type CopyPage = {
  /** Null where there is nothing to copy. */
  readonly table: string | null;
  /** Each as JSON. */
  readonly rows: string[];
  readonly next: { table: string; key: string[] } | null;
};

const rowsAtOnce = 500;
/** NATS takes messages of 4 MiB; within a message JSON is escaped once more. */
const bytesAtOnce = 1024 * 1024;

/** A page of all that is this transaction's organisation's, also of what it deleted: table by table, row by row. */
export async function readCopyPage(
  tx: Transaction,
  after: CopyCursor | null,
  uncopied: readonly string[],
): Promise<CopyPage> {
  const tables = (await readTenantTables(tx)).filter(
    ({ name }) => !workings.test(name) && !uncopied.includes(name),
  );
  const place = after === null ? 0 : tables.findIndex(({ name }) => name === after.table);
  // A table that was dropped meanwhile: better no copy than one that ends early.
  if (place < 0) throw new Error(`${after!.table} is no table to copy`);
  const table = tables[place];
  if (!table) return { table: null, rows: [], next: null };
  const found = await withDeleted(tx, () => readRows(tx, table, after?.key ?? []));
  const rows = withinBytes(found);
  const last = rows.at(-1);
  const following = tables[place + 1];
  if (last && (rows.length < found.length || found.length === rowsAtOnce))
    return {
      table: table.name,
      rows: rows.map(({ row }) => row),
      next: { table: table.name, key: last.key },
    };
  return {
    table: table.name,
    rows: rows.map(({ row }) => row),
    next: following ? { table: following.name, key: [] } : null,
  };
}

type Row = { readonly row: string; readonly key: string[] };

async function readRows(tx: Transaction, { name, key, bytes }: TenantTable, after: readonly string[]) {
  const columns = key.map(({ column }) => `t.${column}`).join(', ');
  const values = key.map(({ type }, place) => `$${place + 3}::${type}`).join(', ');
  const beyond = after.length > 0 ? `where (${columns}) > (${values})` : '';
  return tx.rows<Row>(
    `select (to_jsonb(t) - $1::text[])::text as row, array[${key.map(({ column }) => `t.${column}::text`).join(', ')}] as key
       from ${name} t ${beyond} order by ${columns} limit $2`,
    [bytes, rowsAtOnce, ...after],
  );
}

/** As many of them as one answer takes, and one at least. */
function withinBytes(rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  return rows.filter(({ row }, place) => {
    bytes += Buffer.byteLength(row);
    return place === 0 || bytes <= bytesAtOnce;
  });
}
