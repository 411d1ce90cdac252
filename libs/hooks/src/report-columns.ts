import type { HookInput } from '@marquee/contracts';
import type { Hooks, Said } from './hooks.ts';

/** What a plugin says of one row of a report, in one of its columns. */
export type ReportCell = {
  /** `plugin.key`: two plugins never share one. The plugin alone where it did not answer. */
  readonly column: string;
  readonly title: string;
  readonly value: string | null;
  /** Why it is empty. */
  readonly warning: string | null;
};

/** What plugins add to a page of a report: a list for each of its rows. Never refused: a cell says why it is empty. */
export async function askColumns(
  hooks: Hooks,
  organisationId: string,
  input: HookInput<'report-column'>,
): Promise<ReportCell[][]> {
  const said = await hooks.askEach(organisationId, 'report-column', input);
  return Array.from({ length: input.rows.length }, (_, row) =>
    said.ok ? cellsOf(said.value, row) : [unheard('plugins', said.refusal.message)],
  );
}

function cellsOf({ each, silent }: Said<'report-column'>, row: number): ReportCell[] {
  const said = each.flatMap(({ plugin, output }) =>
    output.columns.map(({ key, title, values }) => ({
      column: `${plugin.name}.${key}`,
      title,
      value: values[row] ?? null,
      warning: null,
    })),
  );
  return [...said, ...silent.map(({ name, title }) => unheard(name, `${title} did not answer.`))];
}

const unheard = (column: string, warning: string): ReportCell => ({
  column,
  title: column,
  value: null,
  warning,
});
