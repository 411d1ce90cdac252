import { alertName, type Alert, type Case, type Objective, type Slo } from './read-slo.ts';
import { alertAnnotations, budgetOf, burnAnnotations, burns } from './rules.ts';

type Expected = { readonly exp_labels: object; readonly exp_annotations: object };

function ruleTest(name: string, alert: string, { at, interval = '1m', series }: Case, expected: Expected[]) {
  return {
    name,
    interval,
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
    alert_rule_test: [{ eval_time: at, alertname: alertName(alert), exp_alerts: expected }],
  };
}

function alertTests(alert: Alert) {
  const labels = { severity: alert.severity, ...alert.fires.labels };
  return [
    ruleTest(`${alert.name} fires`, alert.name, alert.fires, [
      { exp_labels: labels, exp_annotations: alertAnnotations(alert) },
    ]),
    ruleTest(`${alert.name} is silent`, alert.name, alert.silent, []),
  ];
}

/** Series that a selector matches: `status=~"5.."` by 500, and `le` and all else as it stands. */
const matched = (selector: string) => selector.replaceAll('=~"5.."', '="500"');

/** So many requests a minute, of which this part is bad, for forty minutes. */
function traffic(objective: Objective, perMinute: number, badPart: number): Case {
  const bad = Number((perMinute * badPart).toFixed(4));
  const good = Number((perMinute - bad).toFixed(4));
  const counting = (step: number) => `0+${step}x50`;
  const series = objective.good
    ? { [objective.good]: counting(good), [objective.total]: counting(perMinute) }
    : {
        [matched(objective.bad!)]: counting(bad),
        [matched(objective.bad!).replace('"500"', '"200"')]: counting(good),
      };
  return { at: '40m', series };
}

function objectiveTests(objective: Objective) {
  const budget = budgetOf(objective);
  const firing = (factor: number) =>
    burns
      .filter((burn) => burn.factor < factor)
      .map(({ factor: each, long, severity }) => ({
        exp_labels: { severity, service: objective.service, window: long, slo: objective.name },
        exp_annotations: burnAnnotations(objective, each, long),
      }));
  const cases = [20, 10, 3, 0.5].map((factor) =>
    ruleTest(
      `${objective.name} at ${factor} times its budget`,
      objective.name,
      traffic(objective, 10_000, factor * budget),
      firing(factor),
    ),
  );
  const few = traffic(objective, 1, 0.5);
  return [...cases, ruleTest(`${objective.name} with too few events to say`, objective.name, few, [])];
}

/**
 * What promtool runs, by file of rules: each alert where it must fire and where it must not. What is judged over hours is
 * evaluated once a minute: every 15 s it took promtool minutes.
 */
export function makeRuleTests(slo: Slo, rulesDirectory: string) {
  const file = (name: string, interval: string, tests: readonly object[]) => ({
    rule_files: [`${rulesDirectory}/${name}.yaml`],
    evaluation_interval: interval,
    tests,
  });
  return {
    objectives: file('objectives', '1m', slo.objectives.flatMap(objectiveTests)),
    alerts: file('alerts', '15s', slo.alerts.flatMap(alertTests)),
  };
}
