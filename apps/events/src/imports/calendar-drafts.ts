import type { InvalidInput, Outcome } from '@marquee/kernel';
import { accept } from '@marquee/kernel';
import { parseRecurrenceRule } from '../recurrence/recurrence-rule.ts';
import type { Override, Schedule } from '../recurrence/schedule.ts';
import { alignDate, inZone, readCalendarEntry, type CalendarEntry } from './calendar-entry.ts';
import type { ZoneResolver } from './calendar-zones.ts';
import type { CalendarFile, Component } from './components.ts';
import { propertyOf } from './components.ts';

/** One event to be: an entry with the overrides of its dates. */
export type ImportDraft = {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly title: string;
  readonly description: string;
  readonly cancelled: boolean;
  readonly schedule: Schedule;
  /** Of what matters in it: the same content has the same digest, whenever it was exported. */
  readonly digest: string;
  /** The entries it was made of; the first one is its own, the others are overrides. */
  readonly entries: readonly DraftEntry[];
};

export type DraftEntry = {
  readonly line: number;
  readonly uid: string | null;
  readonly summary: string | null;
  readonly warnings: readonly string[];
};

export type RefusedEntry = DraftEntry & { readonly reason: string };

/** The same text for the same value, and another for any other. */
export type DigestOf = (value: unknown) => string;

/** The events of a file, and the entries that are none. One entry that cannot be read never touches another. */
export function readDrafts(
  file: CalendarFile,
  zones: ZoneResolver,
  digestOf: DigestOf,
): { readonly drafts: readonly ImportDraft[]; readonly refused: readonly RefusedEntry[] } {
  const refused: RefusedEntry[] = [];
  const entries: CalendarEntry[] = [];
  for (const component of file.entries) {
    const read = readEntry(component, zones, digestOf);
    if ('reason' in read) refused.push(read);
    else entries.push(read);
  }
  const drafts: ImportDraft[] = [];
  for (const group of Map.groupBy(entries, ({ uid }) => uid).values()) {
    const { master, overrides, superseded } = sortOut(group);
    refused.push(
      ...superseded.map((entry) => asRefused(entry, 'The file has a newer entry with this UID and date.')),
    );
    const draft = assemble(master, overrides, digestOf);
    if (draft.ok) drafts.push(draft.value);
    else refused.push(...[master, ...overrides].map((entry) => asRefused(entry, draft.refusal.message)));
  }
  return { drafts, refused };
}

function readEntry(
  component: Component,
  zones: ZoneResolver,
  digestOf: DigestOf,
): CalendarEntry | RefusedEntry {
  const { line, name } = component;
  const text = (property: string) => propertyOf(component, property)?.value.trim().slice(0, 200) || null;
  const about = { line, uid: text('UID'), summary: text('SUMMARY'), warnings: component.warnings };
  if (name !== 'VEVENT') return { ...about, reason: `A ${name.slice(0, 40)} is no event.` };
  const entry = readCalendarEntry(component, zones);
  if (!entry.ok) return { ...about, reason: entry.refusal.message };
  if (entry.value.uid.length > 1_000) return { ...about, reason: 'Its UID is longer than 1000 characters.' };
  if (entry.value.uid !== '') return entry.value;
  const { summary, startsAtLocal, timeZone, rule } = entry.value;
  // Without a UID the same content must still be the same event when the file comes again.
  const uid = `without-uid-${digestOf({ summary, startsAtLocal, timeZone, rule })}`;
  return {
    ...entry.value,
    uid,
    warnings: [...entry.value.warnings, 'It has no UID; told apart by title and start.'],
  };
}

/** The entry itself and its overrides; of two for one date the newer counts. */
function sortOut(group: readonly CalendarEntry[]) {
  const newestFirst = group.toSorted(
    (one, other) =>
      other.sequence - one.sequence ||
      (other.stamp?.getTime() ?? 0) - (one.stamp?.getTime() ?? 0) ||
      other.line - one.line,
  );
  const byDate = new Map<string, CalendarEntry>();
  const superseded: CalendarEntry[] = [];
  for (const entry of newestFirst) {
    const id = entry.recurrenceId ? `${inZone(entry.recurrenceId, 'UTC').wallTime}` : '';
    if (byDate.has(id)) superseded.push(entry);
    else byDate.set(id, entry);
  }
  const inOrder = [...byDate.values()].toSorted((one, other) => one.line - other.line);
  const [first] = inOrder;
  // Dates of a series whose entry is not in the file (an invitation to one of them) are an event by themselves.
  const master = byDate.get('') ?? first!;
  return { master, overrides: inOrder.filter((entry) => entry !== master), superseded };
}

function assemble(
  master: CalendarEntry,
  others: readonly CalendarEntry[],
  digestOf: DigestOf,
): Outcome<ImportDraft, InvalidInput> {
  const { timeZone, startsAtLocal, durationMinutes, allDay } = master;
  const parsed = master.rule === null ? accept(null) : parseRecurrenceRule(master.rule);
  if (!parsed.ok) return parsed;
  const orphaned = master.recurrenceId !== null;
  const overrides = orphaned ? [] : others.map((entry) => overrideOf(entry, master));
  const schedule: Schedule = {
    timeZone,
    startsAtLocal,
    durationMinutes,
    allDay,
    rule: parsed.value?.text ?? null,
    rdates: orphaned ? others.map((entry) => startIn(entry, timeZone)) : master.rdates,
    exdates: master.exdates,
    overrides,
  };
  const { uid, summary: title, description, cancelled } = master;
  const all = [master, ...others];
  return accept({
    uid,
    sequence: Math.max(...all.map(({ sequence }) => sequence)),
    stamp:
      all.map(({ stamp }) => stamp).toSorted((a, b) => (b?.getTime() ?? 0) - (a?.getTime() ?? 0))[0] ?? null,
    title,
    description,
    cancelled,
    schedule,
    digest: digestOf({ title, description, cancelled, schedule }),
    entries: all.map((entry) => asDraftEntry(entry)),
  });
}

function overrideOf(entry: CalendarEntry, master: CalendarEntry): Override {
  const start = { wallTime: master.startsAtLocal, isDate: master.allDay };
  return {
    recurrenceId: alignDate(inZone(entry.recurrenceId!, master.timeZone), start),
    startsAtLocal: startIn(entry, master.timeZone),
    durationMinutes: entry.durationMinutes,
    cancelled: entry.cancelled,
  };
}

function startIn({ startsAtLocal, timeZone, allDay }: CalendarEntry, wanted: string): string {
  return inZone({ wallTime: startsAtLocal, timeZone, isDate: allDay }, wanted).wallTime;
}

function asDraftEntry({ line, uid, summary, warnings }: CalendarEntry): DraftEntry {
  return { line, uid, summary, warnings };
}

function asRefused(entry: CalendarEntry, reason: string): RefusedEntry {
  return { ...asDraftEntry(entry), reason };
}
