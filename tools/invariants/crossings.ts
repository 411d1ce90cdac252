import { systemScope, withDeleted, type Transaction } from '@marquee/postgres';
import type { Checked, ServiceVerdict } from './check.ts';

/** An id that one service keeps and another owns: it must belong to the same organisation in both. */
type Crossing = {
  readonly service: string;
  readonly table: string;
  readonly column: string;
  readonly owner: string;
  readonly ownerTable: string;
};

const crossings: readonly Crossing[] = [
  { service: 'tickets', table: 'occurrence', column: 'id', owner: 'events', ownerTable: 'occurrence' },
  { service: 'tickets', table: 'guest', column: 'id', owner: 'guests', ownerTable: 'guest' },
  { service: 'tickets', table: 'space_seat', column: 'id', owner: 'venues', ownerTable: 'seat' },
  {
    service: 'venues',
    table: 'space_booking',
    column: 'occurrence_id',
    owner: 'events',
    ownerTable: 'occurrence',
  },
  { service: 'events', table: 'space_replica', column: 'space_id', owner: 'venues', ownerTable: 'space' },
];

const pageSize = 10_000;
const shownAtMost = 20;

type Kept = { readonly organisation: string; readonly id: string };

/** What one service keeps under another organisation than its owner does. Only where both databases are there. */
export async function findCrossings(databases: readonly Checked[]): Promise<ServiceVerdict[]> {
  const of = (name: string) => databases.find(({ service }) => service === name)?.database;
  const verdicts: ServiceVerdict[] = [];
  for (const crossing of crossings) {
    const [here, there] = [of(crossing.service), of(crossing.owner)];
    if (!here || !there) continue;
    let looked = 0;
    const found: string[] = [];
    let after: Kept | null = null;
    for (;;) {
      const page: Kept[] = await here.read(systemScope, (tx) =>
        withDeleted(tx, () => readPage(tx, crossing, after)),
      );
      looked += page.length;
      const foreign = await there.read(systemScope, (tx) =>
        withDeleted(tx, () => findForeign(tx, crossing.ownerTable, page)),
      );
      found.push(...foreign);
      if (page.length < pageSize) break;
      after = page.at(-1)!;
    }
    verdicts.push({
      service: crossing.service,
      number: 14,
      states: `what ${crossing.service} keeps in ${crossing.table} is of the organisation that it is of in ${crossing.owner}`,
      looked,
      violations: found.length,
      subjects: found.slice(0, shownAtMost),
    });
  }
  return verdicts;
}

async function readPage(tx: Transaction, { table, column }: Crossing, after: Kept | null): Promise<Kept[]> {
  return tx.rows<Kept>(
    `select organisation_id as organisation, ${column} as id from ${table}
     where ${column} is not null and ($1::uuid is null or (organisation_id, ${column}) > ($1::uuid, $2::uuid))
     order by organisation_id, ${column} limit ${pageSize}`,
    [after?.organisation ?? null, after?.id ?? null],
  );
}

/** Those that the owner has for another organisation and not for this one; what it does not have yet is no crossing. */
async function findForeign(tx: Transaction, table: string, kept: readonly Kept[]): Promise<string[]> {
  const rows = await tx.rows<{ subject: string }>(
    `select format('%s of organisation %s belongs to %s', k.id, k.organisation, o.organisation_id) as subject
     from unnest($1::uuid[], $2::uuid[]) as k(organisation, id) join ${table} o on o.id = k.id
     where o.organisation_id <> k.organisation
       and not exists (select from ${table} own where own.id = k.id and own.organisation_id = k.organisation)`,
    [kept.map(({ organisation }) => organisation), kept.map(({ id }) => id)],
  );
  return rows.map(({ subject }) => subject);
}
