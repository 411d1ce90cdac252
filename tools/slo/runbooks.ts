import { alertName, type Alert, type Objective, type Runbook, type Slo } from './read-slo.ts';
import { burns } from './rules.ts';

const banner = '<!-- Made from tools/slo/slo.yaml by `npm run generate`. Do not edit. -->\n\n';

function steps({ means, look, act }: Runbook): string {
  return `## What it means

${means}

## Look

\`\`\`sh
${look.join('\n')}
\`\`\`

## Act

${act.map((each) => `- ${each}`).join('\n')}
`;
}

function objectivePage(objective: Objective): string {
  const rows = burns.map(
    ({ factor, long, short, severity }) => `| ${factor} | ${long} and ${short} | ${severity} |`,
  );
  return `${banner}# ${alertName(objective.name)}

${objective.promise} Of thirty days' budget for the rest, too much is being used:

| times as fast as it lasts | over | who hears of it |
| --- | --- | --- |
${rows.join('\n')}

Fewer than ${objective.minimumEvents} events in the longer window say nothing.

${steps(objective.runbook)}`;
}

function alertPage(alert: Alert): string {
  const source = alert.source ? ` Its metric comes from ${alert.source}.` : '';
  return `${banner}# ${alertName(alert.name)}

${alert.summary}: a ${alert.severity}, after ${alert.for === '0m' ? 'no time' : alert.for}.${source}

\`\`\`promql
${alert.expr.trim()}
\`\`\`

${steps(alert.runbook)}`;
}

function index({ objectives, alerts }: Slo): string {
  const row = (name: string, text: string, severity: string) =>
    `| [${alertName(name)}](${name}.md) | ${severity} | ${text} |`;
  return `${banner}# Runbooks

One page an alert. A page wakes somebody; a ticket waits for the morning. SERVICE, SUBSCRIPTION, OUTBOUND and ID stand for what the
alert's labels say. Commands with kubectl speak of the release \`marquee\` in the namespace \`marquee\`.

| alert | severity | what is wrong |
| --- | --- | --- |
${objectives.map(({ name, promise }) => row(name, `No longer true: ${promise}`, 'page, ticket')).join('\n')}
${alerts.map(({ name, summary, severity }) => row(name, summary, severity)).join('\n')}
`;
}

/** Text by path, relative to the folder of runbooks. */
export function makeRunbooks(slo: Slo): Map<string, string> {
  return new Map([
    ['README.md', index(slo)],
    ...slo.objectives.map((objective) => [`${objective.name}.md`, objectivePage(objective)] as const),
    ...slo.alerts.map((alert) => [`${alert.name}.md`, alertPage(alert)] as const),
  ]);
}
