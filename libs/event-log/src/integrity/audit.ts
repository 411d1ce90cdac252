import type { Transaction } from '@marquee/postgres';
import { eventColumns, toStoredEvent, type EventRow, type StoredEvent } from '../row.ts';
import { toCount } from './chain-tip.ts';

/** An event with its place in its tenant's chain: what `hashEvent` of the one before and this one gives, in hex. */
export type SealedEvent = { readonly index: number; readonly hash: string; readonly event: StoredEvent };

export type AuditFilter = {
  readonly actor?: string | null;
  /** A type, or what it begins with up to a dot: `tickets.order-paid` finds every version of it. */
  readonly type?: string | null;
  readonly streamIds?: readonly string[] | null;
  /** When it occurred: from then on, and before then. */
  readonly from?: Date | null;
  readonly to?: Date | null;
};

export type AuditPage = {
  /** The newest first. */
  readonly entries: readonly SealedEvent[];
  /** How many events the chain had. */
  readonly size: number;
  /** Go on with what is before this index; null where nothing is left. There may be more although a page is short. */
  readonly next: number | null;
};

/** So many entries are looked at for one page of a filter that no index helps; the next page goes on from there. */
const scanned = 5_000;
/** A chain follows the log, whose times differ from its order by no more than a transaction takes. */
const disorderMs = 60_000;

/**
 * A tenant's sealed events from the newest on, before an index, as far as they fit the filter. The chain's own key is
 * what is walked, so that the audit costs an append no index; a filter by actor or type walks it a bounded way a page.
 */
export async function readAuditPage(
  tx: Transaction,
  organisationId: string,
  {
    before,
    limit,
    filter,
  }: { readonly before: number | null; readonly limit: number; readonly filter: AuditFilter },
): Promise<AuditPage> {
  const size = await sealedSize(tx, organisationId);
  const { actor = null, type = null, streamIds = null, from = null, to = null } = filter;
  const latest = to ? await indexAt(tx, organisationId, size, to.getTime() + disorderMs) : size;
  const end = Math.min(before ?? size, size, latest);
  const floor = from ? await indexAt(tx, organisationId, size, from.getTime() - disorderMs) : 0;
  // The events of a stream are found by their own index; there is nothing to walk.
  const start = streamIds ? floor : Math.max(floor, end - ((actor ?? type) ? scanned : limit));
  if (start >= end) return { entries: [], size, next: null };
  const entries = await readSealed(
    tx,
    `entry.organisation_id = $1 and entry.sequence >= $2 and entry.sequence < $3
       and ($4::text is null or actor = $4) and ($5::text is null or type = $5 or starts_with(type, $5 || '.'))
       and ($6::text[] is null or event_log.stream_id = any($6))
       and ($7::timestamptz is null or occurred_at >= $7) and ($8::timestamptz is null or occurred_at < $8)
     order by entry.sequence desc limit $9`,
    [organisationId, start, end, actor, type, streamIds, from, to, limit],
  );
  const last = entries.length === limit ? entries.at(-1)!.index : streamIds ? floor : start;
  return { entries, size, next: last > floor ? last : null };
}

/** A tenant's sealed events from one index up to (without) another, in the order of the chain; at most `limit`. */
export function readSealedEvents(
  tx: Transaction,
  organisationId: string,
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<SealedEvent[]> {
  return readSealed(
    tx,
    `entry.organisation_id = $1 and entry.sequence >= $2 and entry.sequence < $3 order by entry.sequence limit $4`,
    [organisationId, from, to, limit],
  );
}

/** The index from which on a tenant's events occurred at this instant or later, or some of a minute before it. */
export async function indexSince(tx: Transaction, organisationId: string, instant: Date): Promise<number> {
  const size = await sealedSize(tx, organisationId);
  return indexAt(tx, organisationId, size, instant.getTime() - disorderMs);
}

async function sealedSize(tx: Transaction, organisationId: string): Promise<number> {
  const [tip] = await tx.rows<{ size: string }>(
    'select size::text as size from event_chain_tip where organisation_id = $1',
    [organisationId],
  );
  return toCount(tip?.size ?? '0');
}

async function readSealed(
  tx: Transaction,
  condition: string,
  parameters: readonly unknown[],
): Promise<SealedEvent[]> {
  const columns = eventColumns.split(', ').map((column) => `event_log.${column}`);
  const rows = await tx.rows<EventRow & { sequence: string; hash: Buffer }>(
    `select ${columns.join(', ')}, entry.sequence::text as sequence, entry.hash
     from event_chain entry join event_log on event_log.event_id = entry.event_id
     where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    index: toCount(row.sequence),
    hash: row.hash.toString('hex'),
    event: toStoredEvent(row),
  }));
}

/** Halving: times grow with the chain but for `disorderMs`. */
async function indexAt(
  tx: Transaction,
  organisationId: string,
  size: number,
  instantMs: number,
): Promise<number> {
  const [found] = await tx.rows<{ low: string }>(
    `with recursive search (low, high) as (
       select 0::bigint, $2::bigint
       union all
       select case when probe.occurred_at < $3 then half.middle + 1 else search.low end,
         case when probe.occurred_at < $3 then search.high else half.middle end
       from search
       cross join lateral (select (search.low + search.high) / 2 as middle) as half
       join event_chain entry on entry.organisation_id = $1 and entry.sequence = half.middle
       join event_log probe on probe.event_id = entry.event_id
       where search.low < search.high
     )
     select low::text as low from search where low >= high`,
    [organisationId, size, new Date(instantMs)],
  );
  return toCount(found?.low ?? '0');
}
