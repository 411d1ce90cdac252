import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { decodeCursor, encodeCursor } from '@marquee/postgres';
import type { AuditLogs, SealedEntry, TrailRequest } from './audit-logs.ts';
import { mergePages, type Positions } from './trail.ts';

export type AuditEntry = SealedEntry & { readonly log: string };
export type TrailFilter = Omit<TrailRequest, 'before' | 'limit'>;
export type TrailEdge = { readonly cursor: string; readonly node: AuditEntry };

/** A filter may have to look through much that does not fit: so often in one request, then the next page goes on. */
const mostRounds = 5;

/** The positions that a cursor of the trail stands for. */
export function parsePositions(
  { names }: AuditLogs,
  cursor: string | null,
): Outcome<Positions | null, InvalidInput> {
  if (cursor === null) return accept(null);
  const values = decodeCursor(cursor, names.length);
  if (!values?.every((value) => /^(-|\d{1,15})$/.test(value)))
    return invalid('after', 'is not a cursor of this connection');
  return accept(values.map((value) => (value === '-' ? null : Number(value))));
}

/** The page of all logs' entries that follows these positions, the newest first. */
export async function readTrail(
  logs: AuditLogs,
  organisationId: string,
  {
    first,
    after,
    filter,
  }: { readonly first: number; readonly after: Positions | null; readonly filter: TrailFilter },
): Promise<{ readonly edges: readonly TrailEdge[]; readonly endCursor: string; readonly hasMore: boolean }> {
  let positions: readonly (number | null | undefined)[] =
    after ?? logs.names.map((name) => (mayHold(name, filter.type) ? undefined : null));
  const edges: TrailEdge[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const limit = first - edges.length;
    const pages = await Promise.all(
      logs.names.map(async (name, log) => {
        const before = positions[log];
        if (before === null) return { entries: [], from: null, next: null };
        const page = await logs.page(name, organisationId, { ...filter, before: before ?? null, limit });
        return { ...page, from: before ?? page.size };
      }),
    );
    const merged = mergePages(pages, limit);
    for (const { log, entry, positions: reached } of merged.edges)
      edges.push({ cursor: toCursor(reached), node: { ...entry, log: logs.names[log]! } });
    positions = merged.positions;
    if (edges.length === first || positions.every((position) => position === null)) break;
  }
  const reached = positions.map((position) => position ?? null);
  return { edges, endCursor: toCursor(reached), hasMore: reached.some((position) => position !== null) };
}

const toCursor = (positions: Positions) => encodeCursor(positions.map((position) => position ?? '-'));

/** A type begins with the name of the service whose event it is. */
const mayHold = (log: string, type: string | null) => type === null || type.split('.')[0] === log;
