import { alertName, runbookPath, type Alert, type Objective, type Slo } from './read-slo.ts';

export type Rule =
  | { readonly record: string; readonly expr: string; readonly labels: Readonly<Record<string, string>> }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** How fast the budget of 30 days burns before somebody hears of it: 2 % of it in an hour, 5 % in six, 10 % in three days. */
export const burns = [
  { factor: 14.4, long: '1h', short: '5m', for: '2m', severity: 'page' },
  { factor: 6, long: '6h', short: '30m', for: '5m', severity: 'page' },
  { factor: 1, long: '3d', short: '6h', for: '30m', severity: 'ticket' },
] as const;

const windows = [...new Set(burns.flatMap(({ long, short }) => [short, long]))];

/** Of the 30 days, so much may be bad. */
export function budgetOf({ objective }: Objective): number {
  return Number((1 - objective / 100).toFixed(6));
}

/** Rounded: 14.4 times 0.001 is not what a computer makes of it. */
export function thresholdOf(objective: Objective, factor: number): number {
  return Number((factor * budgetOf(objective)).toPrecision(6));
}

function badRatio({ bad, good, total }: Objective, window: string): string {
  const rate = (metric: string) => `sum(rate(${metric}[${window}]))`;
  if (good) return `1 - ${rate(good)} / ${rate(total)}`;
  // No fault at all is no series at all.
  return `(${rate(bad!)} or vector(0)) / ${rate(total)}`;
}

export function burnAnnotations(objective: Objective, factor: number, long: string) {
  return {
    summary: `${objective.promise} The budget burns ${factor} times as fast as it lasts (${long}).`,
    runbook: runbookPath(objective.name),
  };
}

function objectiveRules(objective: Objective): { records: Rule[]; alerts: Rule[] } {
  const labels = { slo: objective.name };
  const selector = `{slo="${objective.name}"}`;
  const records = windows.flatMap((window): Rule[] => [
    { record: `marquee_slo:bad_ratio:rate${window}`, expr: badRatio(objective, window), labels },
    {
      record: `marquee_slo:events:increase${window}`,
      expr: `sum(increase(${objective.total}[${window}]))`,
      labels,
    },
  ]);
  const alerts = burns.map(({ factor, long, short, severity, for: wait }): Rule => {
    const above = (window: string) =>
      `marquee_slo:bad_ratio:rate${window}${selector} > ${thresholdOf(objective, factor)}`;
    const enough = `marquee_slo:events:increase${long}${selector} >= ${objective.minimumEvents}`;
    return {
      alert: alertName(objective.name),
      expr: `${above(long)} and ${above(short)} and ${enough}`,
      for: wait,
      labels: { severity, service: objective.service, window: long },
      annotations: burnAnnotations(objective, factor, long),
    };
  });
  return { records, alerts };
}

export function alertAnnotations({ summary, name }: Alert) {
  return { summary, runbook: runbookPath(name) };
}

/** What Prometheus reads, by file: what is recorded and judged over hours, and what is looked at every few seconds. */
export function makeRules({ objectives, alerts }: Slo) {
  const made = objectives.map((objective) => ({ objective, ...objectiveRules(objective) }));
  const burning = { name: 'marquee-burn', rules: made.flatMap((each) => each.alerts) };
  const recorded = made.map(({ objective, records }) => ({
    name: `marquee-slo-${objective.name}`,
    rules: records,
  }));
  const watched = alerts.map((alert): Rule => ({
    alert: alertName(alert.name),
    expr: alert.expr,
    for: alert.for,
    labels: { severity: alert.severity },
    annotations: alertAnnotations(alert),
  }));
  return {
    objectives: { groups: [...recorded, burning] },
    alerts: { groups: [{ name: 'marquee-alerts', interval: '15s', rules: watched }] },
  };
}
