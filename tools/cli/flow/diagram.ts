import { catalogue } from '@marquee/contracts';
import type { Consumer, EventFlow } from './event-flow.ts';

/** Every type of the catalogue, by the service that publishes it. */
function typesByService(): [string, string[]][] {
  const types = Object.keys(catalogue).toSorted();
  return [...Map.groupBy(types, serviceOf)].toSorted(([a], [b]) => a.localeCompare(b));
}

/** One arrow for each pair of services and subscription, with what flows along it. */
export function toMermaid({ consumers }: EventFlow): string {
  const services = new Set([
    ...typesByService().map(([service]) => service),
    ...consumers.map(({ service }) => service),
  ]);
  const lines = ['flowchart LR'];
  for (const service of [...services].toSorted()) lines.push(`  ${service}([${service}])`);
  for (const consumer of sorted(consumers)) {
    const node = nodeOf(consumer);
    lines.push(`  ${node}["${consumer.service}: ${consumer.subscription}"]`);
    for (const [source, types] of bySource(consumer)) {
      lines.push(`  ${source} -- "${types.map(shortName).join('<br/>')}" --> ${node}`);
    }
    lines.push(`  ${node} --> ${consumer.service}`);
  }
  return lines.join('\n');
}

/** The page docs/backbone/event-flow.md. */
export function toPage(flow: EventFlow): string {
  const tables = typesByService().map(
    ([service, types]) => `## ${service}

| event | published in | consumed by |
| --- | --- | --- |
${types.map((type) => row(flow, type)).join('\n')}
`,
  );
  return `# Who publishes and consumes what

Generated from the code by \`npm run generate\`; CI fails when it is stale. In the terminal:
\`npx marquee events diagram\`, and for one request \`npx marquee events flow CORRELATION_ID\`.

An arrow is a subscription: the events of one service that another handles, in order where it is a projection.

\`\`\`mermaid
${toMermaid(flow)}
\`\`\`

${tables.join('\n')}`;
}

function row({ published, consumers }: EventFlow, type: string): string {
  const files = (published.get(type) ?? []).map((path) => `[${path.split('/').at(-1)}](../../${path})`);
  const by = sorted(consumers)
    .filter(({ types }) => types.includes(type))
    .map(
      ({ service, subscription, kind }) =>
        `${service}: ${subscription}${kind === 'work' ? ' (workers)' : ''}`,
    );
  return `| \`${shortName(type)}\` | ${files.join(', ') || 'not yet'} | ${by.join(', ') || '–'} |`;
}

function sorted(consumers: readonly Consumer[]): Consumer[] {
  return consumers.toSorted(
    (a, b) => a.service.localeCompare(b.service) || a.subscription.localeCompare(b.subscription),
  );
}

function bySource({ types }: Consumer): Map<string, string[]> {
  return Map.groupBy(types, serviceOf);
}

function nodeOf({ service, subscription }: Consumer): string {
  return `${service}_${subscription}`.replaceAll('-', '_');
}

function serviceOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

function shortName(type: string): string {
  return type.slice(type.indexOf('.') + 1);
}
