/** A calendar of its own that holds some of the entries of a file. */
export type Chunk = {
  readonly content: string;
  readonly entries: readonly Entry[];
  /** The line of the file that a line of the content came from; both from 1. */
  fileLineOf(line: number): number;
};

/** The lines of one entry of the file. */
export type Entry = Block & { readonly uid: string | null };

type Block = { readonly name: string; readonly line: number; readonly lines: readonly string[] };
type Line = { readonly line: number; readonly text: string };

export type SplitFile = {
  readonly entries: readonly Entry[];
  /** The calendar's own properties, such as X-WR-TIMEZONE. */
  readonly header: readonly Line[];
  readonly timeZones: readonly Block[];
};

export type ChunkLimits = { readonly maxBytes: number; readonly maxEntries: number };

const blockNames = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY', 'VTIMEZONE']);
/** Beyond this a chunk takes along only the zones that its entries name. */
const maxZoneBytes = 64 * 1024;

/** The entries of a file with their lines. An entry whose END is missing ends where the next one begins. */
export function splitCalendar(text: string): SplitFile {
  const header: Line[] = [];
  const blocks: Block[] = [];
  let open: { name: string; line: number; lines: string[] } | null = null;
  const close = () => {
    if (open) blocks.push(open);
    open = null;
  };
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const [, mark, given = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line) ?? [];
    const name = given.toUpperCase();
    const begins = mark?.toUpperCase() === 'BEGIN';
    if (name === 'VCALENDAR' || (begins && blockNames.has(name))) close();
    if (begins && blockNames.has(name)) open = { name, line: index + 1, lines: [line] };
    else if (open) {
      open.lines.push(line);
      if (mark && !begins && name === open.name) close();
    } else if (name !== 'VCALENDAR' && line.trim() !== '') header.push({ line: index + 1, text: line });
  }
  close();
  return {
    header,
    timeZones: blocks.filter(({ name }) => name === 'VTIMEZONE'),
    entries: blocks
      .filter(({ name }) => name !== 'VTIMEZONE')
      .map((block) => ({ ...block, uid: uidOf(block.lines) })),
  };
}

/** Of the entry itself, not of an alarm inside it. */
function uidOf(lines: readonly string[]): string | null {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (/^BEGIN:/i.test(line)) depth += 1;
    if (/^END:/i.test(line)) depth -= 1;
    const value = depth === 1 ? /^UID(?:;[^:]*)?:(.*)$/i.exec(line)?.[1] : undefined;
    if (value === undefined) continue;
    const rest = lines.slice(index + 1);
    const folded = rest.slice(
      0,
      rest.findIndex((next) => !/^[ \t]/.test(next)),
    );
    return [value, ...folded.map((next) => next.slice(1))].join('').trim();
  }
  return null;
}

/** The entries in calendars within the limits. Those of one UID stay together: they are one event. */
export function chunksOf(file: SplitFile, entries: readonly Entry[], limits: ChunkLimits): Chunk[] {
  const events = [...Map.groupBy(entries, (entry) => entry.uid || entry).values()];
  const chunks: Entry[][] = [];
  let bytes = Infinity;
  for (const event of events) {
    const size = event.reduce((sum, { lines }) => sum + sizeOf(lines), 0);
    const last = chunks.at(-1);
    if (!last || bytes + size > limits.maxBytes || last.length + event.length > limits.maxEntries) {
      chunks.push([...event]);
      bytes = size;
    } else {
      last.push(...event);
      bytes += size;
    }
  }
  return chunks.map((chunk) => assemble(file, chunk));
}

function assemble(file: SplitFile, entries: readonly Entry[]): Chunk {
  const lines: Line[] = [
    { line: 1, text: 'BEGIN:VCALENDAR' },
    ...file.header,
    ...[...zonesFor(file, entries), ...entries].flatMap(({ line, lines: texts }) =>
      texts.map((text, index) => ({ line: line + index, text })),
    ),
    { line: 1, text: 'END:VCALENDAR' },
  ];
  return {
    content: lines.map(({ text }) => text).join('\r\n'),
    entries,
    fileLineOf: (line) => lines[line - 1]?.line ?? line,
  };
}

function zonesFor({ timeZones }: SplitFile, entries: readonly Entry[]): readonly Block[] {
  if (timeZones.reduce((sum, { lines }) => sum + sizeOf(lines), 0) <= maxZoneBytes) return timeZones;
  const text = entries.flatMap(({ lines }) => lines).join('\n');
  return timeZones.filter(({ lines }) => {
    const tzid = lines
      .find((line) => /^TZID:/i.test(line))
      ?.slice(5)
      .trim();
    return tzid !== undefined && text.includes(tzid);
  });
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 2, 0);
}
