import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphClient } from '../client/graph-client.ts';
import { chunksOf, splitCalendar, type Chunk, type ChunkLimits, type Entry } from './split-calendar.ts';

export type ImportedEntry = {
  /** In the file. */
  readonly line: number;
  readonly uid: string | null;
  readonly summary: string | null;
  readonly result: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly reason: string | null;
  readonly warnings: readonly string[];
};

export type ImportCounts = { created: number; updated: number; unchanged: number; refused: number };

export type ImportReport = ImportCounts & { readonly entries: readonly ImportedEntry[] };

/** The graph said no to the request as a whole; the message says why. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';
}

const document = `mutation ImportCalendar($input: ImportCalendarInput!) { importCalendar(input: $input) {
  __typename
  ... on CalendarImported { entries { line uid summary result reason warnings } }
  ... on Refusal { message }
} }`;

type Answer = {
  readonly importCalendar:
    | { readonly __typename: 'CalendarImported'; readonly entries: readonly ImportedEntry[] }
    | { readonly __typename: string; readonly message: string };
};

/** Small enough that a request ends well within every deadline, large enough that few are needed. */
export const requestLimits: ChunkLimits = { maxBytes: 256 * 1024, maxEntries: 400 };
const attempts = 4;
/** What the service says of entries for which one request has no room left. */
const noRoom = /smaller parts/;

/** Sends a calendar in as many requests as it takes. Sending anything twice is harmless: it is told apart by UID. */
export async function importFile(options: {
  readonly client: GraphClient;
  readonly text: string;
  readonly spaceId?: string;
  readonly timeZone?: string;
  readonly limits?: ChunkLimits;
  readonly onProgress?: (done: number, total: number, counts: ImportCounts) => void;
  /** Between tries of a request that got no answer; default 1,000. */
  readonly pauseMs?: number;
}): Promise<ImportReport> {
  const { limits = requestLimits, onProgress = () => undefined } = options;
  const file = splitCalendar(options.text);
  const total = file.entries.length;
  const entries: ImportedEntry[] = [];
  const waiting = chunksOf(file, file.entries, limits);
  for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
    const answered = await send(options, chunk);
    const again = withoutRoom(chunk, answered);
    waiting.unshift(...chunksOf(file, again, limits));
    const lines = new Set(again.map(({ line }) => line));
    entries.push(...answered.filter(({ line }) => !lines.has(line)));
    onProgress(entries.length, total, countsOf(entries));
  }
  entries.sort((one, other) => one.line - other.line);
  return { ...countsOf(entries), entries };
}

/** The entries to send again by themselves; none where the chunk held nothing else, since there is no smaller part. */
function withoutRoom(chunk: Chunk, answered: readonly ImportedEntry[]): Entry[] {
  const full = new Set(answered.filter(({ reason }) => noRoom.test(reason ?? '')).map(({ line }) => line));
  return full.size < chunk.entries.length ? chunk.entries.filter(({ line }) => full.has(line)) : [];
}

async function send(
  { client, spaceId, timeZone, pauseMs = 1_000 }: Parameters<typeof importFile>[0],
  chunk: Chunk,
): Promise<ImportedEntry[]> {
  const input = { content: chunk.content, ...(spaceId && { spaceId }), ...(timeZone && { timeZone }) };
  for (let attempt = 1; ; attempt++) {
    const answer = await client.query<Answer>(document, { input }).catch((error: unknown) => {
      if (attempt === attempts) throw error;
      return null;
    });
    const result = answer?.importCalendar;
    if (result && 'entries' in result) return result.entries.map((entry) => inFile(entry, chunk));
    const message = result && 'message' in result ? result.message : '';
    if (result && (result.__typename !== 'Unavailable' || attempt === attempts))
      throw new ImportRefusedError(message);
    await sleep(pauseMs * attempt);
  }
}

/** The entry with the lines of the file, also where a text names one. */
function inFile(entry: ImportedEntry, chunk: Chunk): ImportedEntry {
  const relocate = (text: string) =>
    text.replace(
      /\b([Ll]ine) (\d+)/g,
      (_, word: string, line: string) => `${word} ${chunk.fileLineOf(Number(line))}`,
    );
  return {
    ...entry,
    line: chunk.fileLineOf(entry.line),
    reason: entry.reason === null ? null : relocate(entry.reason),
    warnings: entry.warnings.map(relocate),
  };
}

function countsOf(entries: readonly ImportedEntry[]): ImportCounts {
  const counts: ImportCounts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const { result } of entries) counts[result.toLowerCase() as keyof ImportCounts] += 1;
  return counts;
}
