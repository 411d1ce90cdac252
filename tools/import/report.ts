import type { ImportCounts, ImportedEntry, ImportReport } from './import-file.ts';

const number = new Intl.NumberFormat('en');

/** One line while it runs. */
export function formatProgress(done: number, total: number, counts: ImportCounts): string {
  return `${number.format(done)} of ${number.format(total)} entries: ${formatCounts(counts)}`;
}

function formatCounts({ created, updated, unchanged, refused }: ImportCounts): string {
  const parts = { created, updated, unchanged, refused };
  return Object.entries(parts)
    .map(([name, count]) => `${number.format(count)} ${name}`)
    .join(', ');
}

/** What became of the file, for people: first what was refused and guessed, line by line, then the sum. */
export function formatReport(file: string, report: ImportReport): string {
  const refused = report.entries.filter(({ result }) => result === 'REFUSED');
  const guessed = report.entries.filter(
    ({ result, warnings }) => result !== 'REFUSED' && warnings.length > 0,
  );
  return [
    ...section('Refused:', refused, ({ reason }) => reason ?? ''),
    ...section('Taken with a guess:', guessed, ({ warnings }) => warnings.join(' ')),
    `${file}: ${formatCounts(report)}.`,
  ].join('\n');
}

function section(
  title: string,
  entries: readonly ImportedEntry[],
  textOf: (entry: ImportedEntry) => string,
): string[] {
  if (entries.length === 0) return [];
  return [title, ...entries.map((entry) => `  line ${entry.line}  ${nameOf(entry)}: ${textOf(entry)}`), ''];
}

function nameOf({ uid, summary }: ImportedEntry): string {
  const title = summary ? `"${shorten(summary, 60)}"` : 'without a title';
  return uid ? `${title} (${shorten(uid, 60)})` : title;
}

/** On one line and without what would move a terminal's cursor: calendars come from anyone. */
function shorten(text: string, max: number): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
  const characters = [...clean];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : clean;
}
