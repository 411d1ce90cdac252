import { relative, sep } from 'node:path';

/** What Jest's `json-summary` says of a file. */
export type FileCoverage = { readonly lines: { readonly total: number; readonly covered: number } };

export type CoverageRow = {
  readonly name: string;
  readonly files: number;
  readonly lines: number;
  readonly covered: number;
  /** 0 to 100. */
  readonly percent: number;
  /** The least that is accepted; undefined where the row only informs. */
  readonly least?: number;
};

/** Of the lines of all libraries together, and of all rules and use cases together. */
export const leastPercent = 90;

/** Adds the coverage of single files up to what the house promises: the libraries, and the apps' rules and use cases. */
export function summarise(
  root: string,
  summary: Readonly<Record<string, FileCoverage>>,
  rulesAndUseCases: ReadonlySet<string>,
): CoverageRow[] {
  const files = Object.entries(summary)
    .filter(([path]) => path !== 'total')
    .map(([path, { lines }]) => ({ path: relative(root, path).split(sep).join('/'), lines }));
  const inLibs = files.filter(({ path }) => path.startsWith('libs/'));
  const libNames = [...new Set(inLibs.map(({ path }) => path.split('/').slice(0, 2).join('/')))].toSorted();
  return [
    ...libNames.map((name) =>
      add(
        name,
        inLibs.filter(({ path }) => path.startsWith(`${name}/`)),
      ),
    ),
    { ...add('all libs', inLibs), least: leastPercent },
    {
      ...add(
        'rules and use cases',
        files.filter(({ path }) => rulesAndUseCases.has(path)),
      ),
      least: leastPercent,
    },
  ];
}

export function formatRows(rows: readonly CoverageRow[]): string {
  const lines = rows.map(({ name, files, lines: total, percent, least }) => {
    const verdict =
      least === undefined ? '' : percent < least ? `  below ${least} %` : `  (at least ${least} %)`;
    return `  ${name.padEnd(22)}${percent.toFixed(1).padStart(6)} %  of ${total} lines in ${files} files${verdict}`;
  });
  return ['Line coverage', ...lines].join('\n');
}

export function tooLow(rows: readonly CoverageRow[]): CoverageRow[] {
  return rows.filter(({ percent, least }) => least !== undefined && percent < least);
}

function add(name: string, files: readonly { readonly lines: FileCoverage['lines'] }[]): CoverageRow {
  const lines = files.reduce((sum, file) => sum + file.lines.total, 0);
  const covered = files.reduce((sum, file) => sum + file.lines.covered, 0);
  return { name, files: files.length, lines, covered, percent: lines === 0 ? 100 : (100 * covered) / lines };
}
