import { createHash } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { isConnectionFailure, isDeadlock, isUniqueViolation } from '@marquee/postgres';
import type { Command } from '../command.ts';
import { saveSpace } from '../spaces/space-replica.ts';
import { readDrafts, type ImportDraft, type RefusedEntry } from './calendar-drafts.ts';
import type { ImportedEntry } from './calendar-import.ts';
import { createZoneResolver } from './calendar-zones.ts';
import { readCalendarFile } from './components.ts';
import {
  applyDrafts,
  findUnchanged,
  planDraft,
  type DraftResult,
  type PlannedDraft,
} from './apply-drafts.ts';

export type ImportRequest = {
  readonly content: string;
  readonly spaceId: string | null;
  readonly timeZone: string | null;
};

export type ImportReport = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  /** In the order of the content. */
  readonly entries: ImportedEntry[];
};

export const maxContentBytes = 2 * 1024 * 1024;
/** One transaction writes at most so many events and occurrences: short ones, since every reader of the log waits. */
const batch = { events: 100, occurrences: 2_000 } as const;
/** Of one request. More would outlast every deadline on the way. */
const defaultMaxOccurrences = 50_000;

/** Takes every event of a calendar that can be taken and says what became of each entry. */
export async function importCalendar(
  command: Command,
  request: ImportRequest,
  { maxOccurrences = defaultMaxOccurrences }: { readonly maxOccurrences?: number } = {},
): Promise<Outcome<ImportReport, InvalidInput | NotFound | Unavailable>> {
  if (Buffer.byteLength(request.content) > maxContentBytes) {
    return invalid('content', 'must have at most 2 MiB; the command line splits larger files');
  }
  const file = readCalendarFile(request.content);
  if (!file) return invalid('content', 'holds no calendar: there is no BEGIN:VCALENDAR in it');
  const home = await findHome(command, request);
  if (!home.ok) return home;
  const { drafts, refused } = readDrafts(file, createZoneResolver(file, home.value), digestOf);
  // Most of a calendar that comes again is as it was: that needs no plan and no lock.
  const results = new Map<ImportDraft, DraftResult>(await findUnchanged(command, drafts));
  const different = drafts.filter((draft) => !results.has(draft));
  const { planned, refused: unplannable } = planAll(different, command.clock.now(), maxOccurrences);
  for (const [draft, result] of unplannable) results.set(draft, result);
  for (const group of batches(planned)) {
    for (const [draft, result] of await applyBatch(command, group, request.spaceId))
      results.set(draft, result);
  }
  const report = reportOf(drafts, results, refused);
  await appendImported(command, report);
  return accept(report);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

/** The zone of times that name none: as asked for, else that of the space's venue. */
async function findHome(
  { askVenues, viewer, database }: Command,
  { spaceId, timeZone }: ImportRequest,
): Promise<Outcome<string | null, NotFound | Unavailable>> {
  if (spaceId === null) return accept(timeZone);
  const answer = await askVenues(viewer, { spaceId, ranges: [] });
  if (answer.kind === 'unknown') return notFound('The space');
  if (answer.kind === 'unavailable') {
    return refuse({
      kind: 'Unavailable',
      message: 'Whether the space is there cannot be told now. Try again.',
    });
  }
  await database.transaction(viewer, (tx) => saveSpace(tx, answer.space));
  return accept(timeZone ?? answer.space.timeZone);
}

function planAll(drafts: readonly ImportDraft[], now: Date, maxOccurrences: number) {
  const planned: PlannedDraft[] = [];
  const refused: [ImportDraft, DraftResult][] = [];
  let occurrences = 0;
  for (const draft of drafts) {
    const plan = planDraft(draft, now);
    if (!plan.ok) refused.push([draft, refusedBecause(plan.refusal.message)]);
    else if (occurrences + plan.value.plan.occurrences.length > maxOccurrences) {
      const reason = `It would be more than ${maxOccurrences} dates in one import; send it in smaller parts.`;
      refused.push([draft, refusedBecause(reason)]);
    } else {
      occurrences += plan.value.plan.occurrences.length;
      planned.push(plan.value);
    }
  }
  return { planned, refused };
}

function refusedBecause(reason: string): DraftResult {
  return { result: 'REFUSED', reason, warning: null, eventId: null };
}

function batches(planned: readonly PlannedDraft[]): PlannedDraft[][] {
  const groups: PlannedDraft[][] = [];
  let size = { events: Infinity, occurrences: Infinity };
  for (const one of planned) {
    const count = one.plan.occurrences.length;
    if (size.events >= batch.events || size.occurrences + count > batch.occurrences) {
      groups.push([]);
      size = { events: 0, occurrences: 0 };
    }
    groups.at(-1)!.push(one);
    size = { events: size.events + 1, occurrences: size.occurrences + count };
  }
  return groups;
}

/** In one transaction; where that fails, each by itself, so that one bad entry never spoils the others. */
async function applyBatch(
  command: Command,
  group: readonly PlannedDraft[],
  spaceId: string | null,
  attempts = 3,
): Promise<ReadonlyMap<ImportDraft, DraftResult>> {
  const apply = (drafts: readonly PlannedDraft[]) =>
    command.database.transaction(command.viewer, async (tx) => {
      tx.afterCommit(command.onCommit);
      return applyDrafts(tx, drafts, spaceId, command.clock.now());
    });
  try {
    return await apply(group);
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    if (group.length === 1) {
      // The same calendar came at the same time: what the other one made is there now, and is found.
      const overtaken = isUniqueViolation(error) || isDeadlock(error);
      if (overtaken && attempts > 1) return applyBatch(command, group, spaceId, attempts - 1);
      return new Map([[group[0]!.draft, refusedBecause('It could not be stored.')]]);
    }
    const results = new Map<ImportDraft, DraftResult>();
    for (const one of group) {
      for (const [draft, result] of await applyBatch(command, [one], spaceId)) results.set(draft, result);
    }
    return results;
  }
}

function reportOf(
  drafts: readonly ImportDraft[],
  results: ReadonlyMap<ImportDraft, DraftResult>,
  refused: readonly RefusedEntry[],
): ImportReport {
  const entries: ImportedEntry[] = [
    ...refused.map((entry) => ({ ...entry, result: 'REFUSED' as const, eventId: null })),
    ...drafts.flatMap((draft) => {
      const { warning, ...result } = results.get(draft)!;
      return draft.entries.map((entry) => ({
        ...entry,
        ...result,
        warnings: [...entry.warnings, ...(warning === null ? [] : [warning])],
      }));
    }),
  ].toSorted((one, other) => one.line - other.line);
  const count = (result: ImportedEntry['result']) =>
    entries.filter((entry) => entry.result === result).length;
  return {
    created: count('CREATED'),
    updated: count('UPDATED'),
    unchanged: count('UNCHANGED'),
    refused: count('REFUSED'),
    entries,
  };
}

async function appendImported({ database, viewer, onCommit }: Command, report: ImportReport): Promise<void> {
  const importId = newUuid();
  const { created, updated, unchanged, refused } = report;
  await database.transaction(viewer, async (tx) => {
    tx.afterCommit(onCommit);
    await appendEvents(tx, {
      streamId: streamId('import', importId),
      expectedVersion: 'none',
      events: [
        {
          type: 'events.calendar-imported.v1',
          data: { importId, taken: created + updated, unchanged, refused },
        },
      ],
    });
  });
}
