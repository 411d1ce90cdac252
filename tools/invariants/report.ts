import type { Finding, Findings } from './check.ts';

const number = new Intl.NumberFormat('en');

/** One line for each of the fifteen, and under each broken one what breaks it. */
export function formatFindings({ ok, invariants }: Findings, options: { readonly all: boolean }): string {
  const broken = invariants.filter(({ violations }) => violations > 0);
  return [
    '        rows  violations  invariant',
    ...invariants.flatMap((finding) => [
      lineOf(finding),
      ...(options.all ? finding.checks.map(checkLine) : []),
      ...finding.checks.filter(({ violations }) => violations > 0).flatMap(subjectLines),
    ]),
    ok
      ? 'All invariants hold.'
      : `BROKEN: ${broken.map((finding) => finding.number).join(', ')}. Keep the database as it is: what broke it may still be found in its log.`,
  ].join('\n');
}

function lineOf({ number: place, invariant, looked, violations }: Finding): string {
  const rows = looked === null ? '-' : number.format(looked);
  const note = looked === null ? ' (nothing of it in what was checked)' : '';
  return `${rows.padStart(12)}${number.format(violations).padStart(12)}  ${`${place}.`.padStart(3)} ${invariant}${note}`;
}

function checkLine({ service, states, looked, violations }: Finding['checks'][number]): string {
  const rows = looked === null ? '-' : number.format(looked);
  return `${rows.padStart(12)}${number.format(violations).padStart(12)}        ${service}: ${states}`;
}

function subjectLines({ service, states, violations, subjects }: Finding['checks'][number]): string[] {
  const more = violations - subjects.length;
  return [
    `        ${service}: it is not so that ${states}:`,
    ...subjects.map((subject) => `          ${subject}`),
    ...(more > 0 ? [`          and ${number.format(more)} more`] : []),
  ];
}
