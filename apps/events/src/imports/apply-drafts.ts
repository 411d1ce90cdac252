import { appendMany, streamId, type StreamAppend } from '@marquee/event-log';
import { accept, newUuid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { showDeleted, type Transaction } from '@marquee/postgres';
import type { Command } from '../command.ts';
import { eventColumns, insertEvents, updateEventRow, type ImportMark } from '../events/event-rows.ts';
import type { Event } from '../events/event.ts';
import { changesOf } from '../events/reschedule-event.ts';
import { lockOccurrences, saveOccurrences, type OccurrenceChange } from '../occurrences/occurrence-rows.ts';
import {
  cancelOccurrence,
  isUpcoming,
  scheduleOccurrence,
  touchOccurrence,
  type Occurrence,
} from '../occurrences/occurrence.ts';
import { reconcileByRecurrence } from '../recurrence/reconcile.ts';
import { planOccurrences, type Plan } from '../recurrence/schedule.ts';
import type { ImportDraft } from './calendar-drafts.ts';
import { nextImportStep, type ImportedEntry, type KnownImport } from './calendar-import.ts';

export type PlannedDraft = { readonly draft: ImportDraft; readonly plan: Plan };

export type DraftResult = Pick<ImportedEntry, 'result' | 'reason' | 'eventId'> & {
  readonly warning: string | null;
};

type KnownEvent = Event & {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly digest: string;
  readonly deleted: boolean;
};

export function planDraft(draft: ImportDraft, now: Date): Outcome<PlannedDraft, InvalidInput> {
  const plan = planOccurrences(draft.schedule, now);
  return plan.ok ? accept({ draft, plan: plan.value }) : plan;
}

/** The drafts whose events have their very content, in one statement. */
export async function findUnchanged(
  { database, viewer }: Pick<Command, 'database' | 'viewer'>,
  drafts: readonly ImportDraft[],
): Promise<[ImportDraft, DraftResult][]> {
  const rows = await database.read(viewer, (tx) =>
    tx.rows<{ id: string; uid: string; digest: string }>(
      'select id, uid, ical_digest as digest from event where uid = any($1)',
      [drafts.map(({ uid }) => uid)],
    ),
  );
  const known = new Map(rows.map((row) => [row.uid, row]));
  return drafts.flatMap((draft): [ImportDraft, DraftResult][] => {
    const row = known.get(draft.uid);
    if (row?.digest !== draft.digest) return [];
    return [[draft, { result: 'UNCHANGED', eventId: row.id, reason: null, warning: null }]];
  });
}

/** Brings the events to what the drafts say, in a handful of statements for all that are new. */
export async function applyDrafts(
  tx: Transaction,
  planned: readonly PlannedDraft[],
  spaceId: string | null,
  now: Date,
): Promise<ReadonlyMap<ImportDraft, DraftResult>> {
  const known = await lockKnown(
    tx,
    planned.map(({ draft }) => draft.uid),
  );
  const results = new Map<ImportDraft, DraftResult>();
  const created: { planned: PlannedDraft; event: Event }[] = [];
  for (const one of planned) {
    const { draft } = one;
    const event = known.get(draft.uid);
    const step = nextImportStep(event ? asKnown(event) : null, draft);
    const answer = (result: DraftResult['result'], eventId: string | null) =>
      results.set(draft, { result, eventId, reason: null, warning: null });
    if (step.kind === 'create') {
      const made = newEvent(one, spaceId, now);
      created.push({ planned: one, event: made });
      answer('CREATED', made.id);
    } else if (step.kind === 'refuse') {
      results.set(draft, { result: 'REFUSED', reason: step.reason, warning: null, eventId: event!.id });
    } else if (step.kind === 'unchanged') {
      results.set(draft, { result: 'UNCHANGED', reason: null, warning: step.warning, eventId: event!.id });
    } else {
      await change(tx, event!, one, spaceId, now);
      answer('UPDATED', event!.id);
    }
  }
  await createAll(tx, created);
  return results;
}

async function lockKnown(tx: Transaction, uids: readonly string[]): Promise<ReadonlyMap<string, KnownEvent>> {
  // A deleted one keeps its UID, and an import does not bring it back: what follows touches only the others.
  await showDeleted(tx);
  const rows = await tx.rows<KnownEvent>(
    `select ${eventColumns}, uid, ical_sequence as sequence, ical_stamp as stamp, ical_digest as digest,
            deleted_at is not null as deleted
       from event where uid = any($1) order by id for no key update`,
    [uids],
  );
  return new Map(rows.map((event) => [event.uid, event]));
}

function asKnown({ id, status, spaceId, sequence, stamp, digest, deleted }: KnownEvent): KnownImport {
  return { eventId: id, status, spaceId, sequence, stamp, digest, deleted };
}

function markOf({ uid, sequence, stamp, digest }: ImportDraft): ImportMark {
  return { uid, sequence, stamp, digest };
}

function newEvent({ draft, plan }: PlannedDraft, spaceId: string | null, now: Date): Event {
  return {
    id: newUuid(),
    seriesId: null,
    title: draft.title,
    description: draft.description,
    status: draft.cancelled ? 'CANCELLED' : 'DRAFT',
    spaceId,
    ...draft.schedule,
    materialisedUntil: draft.cancelled ? null : plan.materialisedUntil,
    publishedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** All new events and their occurrences; what arrives cancelled is kept as cancelled and books nothing. */
async function createAll(
  tx: Transaction,
  created: readonly { readonly planned: PlannedDraft; readonly event: Event }[],
): Promise<void> {
  if (created.length === 0) return;
  const marks = new Map(created.map(({ planned, event }) => [event.id, markOf(planned.draft)]));
  await insertEvents(
    tx,
    created.map(({ event }) => event),
    marks,
  );
  await appendMany(
    tx,
    created.map(({ event }) => createdAppend(event)),
  );
  await saveOccurrences(
    tx,
    created.flatMap(({ planned, event }) =>
      planned.plan.occurrences.map((one): OccurrenceChange => {
        const scheduled = scheduleOccurrence(newUuid(), event, one);
        const occurrence: Occurrence =
          event.status === 'CANCELLED'
            ? { ...scheduled, status: 'CANCELLED', spaceBookingStatus: 'NONE' }
            : scheduled;
        return { type: 'events.occurrence-scheduled.v1', occurrence, event };
      }),
    ),
  );
}

function createdAppend(event: Event): StreamAppend {
  const { id: eventId, title, spaceId, timeZone, rule: recurrence, status } = event;
  return {
    streamId: streamId('event', eventId),
    expectedVersion: 'none',
    events: [
      { type: 'events.event-created.v1', data: { eventId, title, spaceId, timeZone, recurrence, status } },
    ],
  };
}

/** A newer version of what is known: its times by the start that the rule gives, or all of it called off. */
async function change(
  tx: Transaction,
  event: KnownEvent,
  { draft, plan }: PlannedDraft,
  spaceId: string | null,
  now: Date,
): Promise<void> {
  const { title, description, cancelled } = draft;
  const wanted: Event = {
    ...event,
    title,
    description,
    ...draft.schedule,
    spaceId: spaceId ?? event.spaceId,
    materialisedUntil: cancelled ? null : plan.materialisedUntil,
    ...(cancelled && { status: 'CANCELLED' as const }),
  };
  await updateEventRow(tx, wanted, cancelled ? 'Cancelled in the imported calendar.' : null);
  const { sequence, stamp, digest } = markOf(draft);
  await tx.execute('update event set ical_sequence = $2, ical_stamp = $3, ical_digest = $4 where id = $1', [
    event.id,
    sequence,
    stamp,
    digest,
  ]);
  const existing = await lockOccurrences(tx, event.id);
  await appendMany(tx, [changedAppend(wanted)]);
  const changes = cancelled
    ? cancellations(wanted, existing, now)
    : [...moves(event, wanted, existing, plan, now), ...retitled(event, wanted, existing, plan, now)];
  await saveOccurrences(tx, changes);
}

function changedAppend(event: Event): StreamAppend {
  const { id: eventId, title } = event;
  return {
    streamId: streamId('event', eventId),
    events: [
      event.status === 'CANCELLED'
        ? {
            type: 'events.event-cancelled.v1',
            data: { eventId, reason: 'Cancelled in the imported calendar.' },
          }
        : { type: 'events.event-updated.v1', data: { eventId, title } },
    ],
  };
}

function cancellations(event: Event, existing: readonly Occurrence[], now: Date): OccurrenceChange[] {
  return existing
    .filter((occurrence) => isUpcoming(occurrence, now))
    .map((occurrence) => ({
      type: 'events.occurrence-cancelled.v1',
      occurrence: cancelOccurrence(occurrence, 'Cancelled in the imported calendar.'),
      event,
    }));
}

function reconcile(event: Event, wanted: Event, existing: readonly Occurrence[], plan: Plan, now: Date) {
  const all = wanted.spaceId !== event.spaceId || wanted.timeZone !== event.timeZone;
  return reconcileByRecurrence(existing, plan.occurrences, now, { all });
}

function moves(
  event: Event,
  wanted: Event,
  existing: readonly Occurrence[],
  plan: Plan,
  now: Date,
): OccurrenceChange[] {
  return changesOf(wanted, existing, reconcile(event, wanted, existing, plan, now));
}

/** Those that stay where they are, when the title that replicas keep is another. */
function retitled(
  event: Event,
  wanted: Event,
  existing: readonly Occurrence[],
  plan: Plan,
  now: Date,
): OccurrenceChange[] {
  if (event.title === wanted.title) return [];
  const { moved, cancelled } = reconcile(event, wanted, existing, plan, now);
  const changed = new Set([...moved.map(({ id }) => id), ...cancelled]);
  return existing
    .filter(({ id }) => !changed.has(id))
    .map((occurrence) => ({
      type: 'events.occurrence-updated.v1',
      occurrence: touchOccurrence(occurrence),
      event: wanted,
    }));
}
