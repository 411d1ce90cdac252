import { appendEvents, streamId } from '@marquee/event-log';
import { accept, type IdempotencyConflict, type Outcome } from '@marquee/kernel';
import { stringify } from 'csv-stringify/sync';
import { decide, type Command } from '../command.ts';
import type { AuditLogs, LogSeals, SealedEntry } from './audit-logs.ts';

export type ExportFormat = 'JSON_LINES' | 'CSV';
export type ExportRequest = { readonly format: ExportFormat; readonly since: string | null };

type Exported = ExportRequest & { readonly expiresAt: string };

/** Long enough to click, and the download may then take as long as it takes. */
const linkMinutes = 15;

/** Notes that the trail is taken out, which is a deed as well, and answers until when its link is good. */
export async function exportTrail(
  command: Command,
  request: ExportRequest,
): Promise<Outcome<Exported, IdempotencyConflict>> {
  return decide<Exported, never>(command, 'exportAuditTrail', request, async (tx) => {
    await appendEvents(tx, {
      streamId: streamId('organisation', command.viewer.organisationId),
      events: [{ type: 'identity.audit-trail-exported.v1', data: { ...request } }],
    });
    const expiresAt = new Date(command.clock.now().getTime() + linkMinutes * 60_000);
    return accept({ ...request, expiresAt: expiresAt.toISOString() });
  });
}

type ExportedLog = { readonly log: string; readonly seals: LogSeals };

/** Where each log is to begin and to end, asked before the first byte is sent: who does not answer now is told at once. */
export async function openExport(
  logs: AuditLogs,
  organisationId: string,
  since: string | null,
): Promise<readonly ExportedLog[]> {
  return Promise.all(
    logs.names.map(async (log) => ({ log, seals: await logs.seals(log, organisationId, since) })),
  );
}

/**
 * The export as it is sent: what it is, then of each log where it begins and by which signed head it ends, then its
 * entries one by one, and at the end how many there were, so that a broken download is told from a whole one.
 */
export async function* writeExport(
  logs: AuditLogs,
  organisationId: string,
  opened: readonly ExportedLog[],
  format: ExportFormat,
): AsyncGenerator<string> {
  const write = format === 'CSV' ? csvRecord : jsonRecord;
  if (format === 'CSV') yield toCsv(columns);
  yield write({
    record: 'export',
    facts: { version: 1, organisationId, logs: opened.map(({ log }) => log) },
  });
  let entries = 0;
  for (const { log, seals } of opened) {
    const { head, start } = seals;
    yield write({ record: 'log', log, facts: { head, start } });
    for (let index = start.index; index < (head?.size ?? 0);) {
      const page = await logs.sealed(log, organisationId, index, head!.size);
      if (page.length === 0) break;
      yield page.map((entry) => write({ record: 'entry', log, entry })).join('');
      entries += page.length;
      index = page.at(-1)!.index + 1;
    }
  }
  yield write({ record: 'end', facts: { entries } });
}

type ExportRecord =
  | { readonly record: 'export' | 'end'; readonly facts: object }
  | { readonly record: 'log'; readonly log: string; readonly facts: object }
  | { readonly record: 'entry'; readonly log: string; readonly entry: SealedEntry };

function jsonRecord({ record, ...rest }: ExportRecord): string {
  const own =
    'entry' in rest ? { log: rest.log, ...rest.entry } : { ...rest, ...rest.facts, facts: undefined };
  return `${JSON.stringify({ record, ...own })}\n`;
}

const columns = [
  ...['record', 'log', 'index', 'occurredAt', 'actor', 'type', 'streamId', 'version', 'id', 'organisationId'],
  ...['correlationId', 'traceparent', 'data', 'hash'],
] as const;

function csvRecord(record: ExportRecord): string {
  if (!('entry' in record)) {
    const cells: Readonly<Record<string, unknown>> = { ...record, data: JSON.stringify(record.facts) };
    return toCsv(columns.map((column) => cells[column]));
  }
  const { log, entry } = record;
  const { data, ...event } = entry.event;
  const cells: Readonly<Record<string, unknown>> = {
    ...event,
    record: 'entry',
    log,
    index: entry.index,
    hash: entry.hash,
    data: JSON.stringify(data),
  };
  return toCsv(columns.map((column) => cells[column]));
}

const toCsv = (cells: readonly unknown[]) => stringify([[...cells]], { escape_formulas: true });
