import type { Database, KeysetPage, PageKey, Scope, Transaction } from '@marquee/postgres';
import { createLoader, createPageLoader, type Loader } from '@marquee/subgraph';
import { occurrenceColumns } from './occurrence-rows.ts';
import type { Occurrence } from './occurrence.ts';

/** What a viewer may see: a guest sees what is or was published. */
export type Visibility = { readonly publishedOnly: boolean };

export type OccurrenceQuery = {
  readonly page: KeysetPage;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly text: string | null;
  readonly city: string | null;
  readonly eventId: string | null;
  readonly status: Occurrence['status'];
};

export function createOccurrenceLoader(
  database: Database,
  scope: Scope,
  { publishedOnly }: Visibility,
): Loader<string, Occurrence | null> {
  return createLoader(async (ids: readonly string[]) => {
    const occurrences = await database.read(scope, (tx) =>
      tx.rows<Occurrence>(
        `select ${occurrenceColumns} from occurrence o
          where o.id = any($1)
            and (not $2 or exists (select from event e where e.id = o.event_id and e.published_at is not null))`,
        [ids, publishedOnly],
      ),
    );
    const byId = new Map(occurrences.map((occurrence) => [occurrence.id, occurrence]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** One more than the page holds of each event's occurrences, by start. Whoever has the event may see them. */
export function createOccurrencesOfEventLoader(
  database: Database,
  scope: Scope,
): Loader<PageKey, readonly Occurrence[]> {
  return createPageLoader(database, scope, (tx, eventIds, page) =>
    tx.rows<Occurrence & { parentId: string }>(
      `select p.*, p."eventId" as "parentId"
         from unnest($1::uuid[]) as e(id)
        cross join lateral (
          select ${occurrenceColumns} from occurrence o
           where o.event_id = e.id and ($2::timestamptz is null or (o.starts_at, o.id) > ($2, $3::uuid))
           order by o.starts_at, o.id limit $4) p`,
      [eventIds, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
    ),
  );
}

/**
 * One more than the page holds, in the order of `occurrence_by_start`. Only the conditions that were asked for are in
 * the text, so that the plan is a scan of that index which stops at the limit; event and space are looked up per row.
 */
export async function findOccurrences(
  tx: Transaction,
  query: OccurrenceQuery,
  { publishedOnly }: Visibility,
): Promise<Occurrence[]> {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [`o.status = ${bind(query.status)}`];
  const { page, from, to, text, city, eventId } = query;
  if (page.after) {
    conditions.push(
      `(o.starts_at, o.id) > (${bind(page.after[0])}::timestamptz, ${bind(page.after[1])}::uuid)`,
    );
  }
  if (from) conditions.push(`o.starts_at >= ${bind(from)}`);
  if (to) conditions.push(`o.starts_at < ${bind(to)}`);
  if (eventId) conditions.push(`o.event_id = ${bind(eventId)}`);
  if (publishedOnly) conditions.push('e.published_at is not null');
  if (city) conditions.push(`lower(s.city) = lower(${bind(city)})`);
  if (text) {
    const searched = `lower(concat_ws(' ', e.title, e.description, s.venue_name))`;
    conditions.push(`strpos(${searched}, lower(${bind(text)})) > 0`);
  }
  return tx.rows<Occurrence>(
    `select ${occurrenceColumns} from occurrence o
       ${publishedOnly || text ? 'join event e on e.id = o.event_id' : ''}
       ${city || text ? 'left join space_replica s on s.space_id = o.space_id and not s.venue_deleted' : ''}
      where ${conditions.join(' and ')}
      order by o.starts_at, o.id limit ${bind(page.first + 1)}`,
    parameters,
  );
}
