import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { loadSchema } from '@marquee/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { root } from '../charts/helm.ts';
import { compareSchemas, stops, type Finding } from '../schema-check/compare.ts';
import type { KnownOperation } from '../schema-check/usage-sources.ts';
import { judgeMigrations } from './expand-only.ts';
import {
  clientSchema,
  composeMix,
  invalidIn,
  mixesOf,
  mostWhole,
  nameOf,
  type Composed,
  type Operation,
} from './mixes.ts';
import { changedServices, openTree, type Changed, type Tree } from './trees.ts';

export type Step = {
  readonly kind: 'migrate' | 'subgraph' | 'gateway' | 'consumers';
  readonly service: string;
  readonly does: string;
  /** How it is taken back. */
  readonly back: string;
};

export type Plan = {
  readonly from: string;
  readonly to: string;
  /** What the gateway mounts, by content: the part of the unit that is of the graph. */
  readonly supergraph: { readonly before: string; readonly after: string } | null;
  readonly mixes: number;
  readonly operations: number;
  /** Why it must not be released so; empty where it may. */
  readonly refused: readonly string[];
  /** What somebody should look at, and nothing stands against. */
  readonly look: readonly string[];
  readonly steps: readonly Step[];
};

export type PlanOptions = {
  readonly before: string;
  readonly after: string;
  /** Operations that clients are known to send, by the schema of before. */
  readonly known: (schema: GraphQLSchema) => readonly KnownOperation[];
  /** The same as texts, where there are texts: documents that are registered or promised. */
  readonly documents: readonly Operation[];
  readonly scratch: string;
};

const sha = (supergraph: string) => createHash('sha256').update(supergraph).digest('hex').slice(0, 12);

/** Services in an order in which each comes after those that it asks, as the chart says; in a circle by their names. */
function inOrder(services: readonly string[]): string[] {
  const values = parseYaml(readFileSync(join(root, 'helm/platform/values.yaml'), 'utf8')) as {
    services: Record<string, { dependsOn?: string[] }>;
  };
  const ordered: string[] = [];
  const visit = (service: string, above: readonly string[]) => {
    if (ordered.includes(service) || above.includes(service)) return;
    for (const peer of values.services[service]?.dependsOn ?? [])
      if (peer !== 'gateway' && services.includes(peer)) visit(peer, [...above, service]);
    ordered.push(service);
  };
  for (const service of services.toSorted()) visit(service, []);
  return ordered;
}

function findingText({ coordinate, message, users, promisedUntil }: Finding): string {
  const who = users.slice(0, 3).map(({ client, version, operation }) => `${client} ${version}: ${operation}`);
  const more = users.length > 3 ? ` and ${users.length - 3} more` : '';
  const until = promisedUntil === null ? '' : `; it was promised to stay until ${promisedUntil}`;
  return `${coordinate}: ${message}${who.length > 0 ? ` Used by ${who.join('; ')}${more}` : ''}${until}`;
}

/** Whether everything that clients send is answered by every mixture on the way. */
function judgeMixes(mixes: readonly Composed[], operations: readonly Operation[]): string[] {
  return mixes.flatMap(({ next, supergraph, faults }) => {
    if (supergraph === null) return faults.map((fault) => `${nameOf(next)} does not compose: ${fault}`);
    return invalidIn(clientSchema(supergraph), operations).map(
      (fault) => `${nameOf(next)} does not answer ${fault}`,
    );
  });
}

/**
 * While the gateway has the supergraph of N it asks each service for all that this service gave in N, whoever gives it in
 * N+1: a field that moves to another service must stay with the first one for a release.
 */
async function judgeAlone(
  service: string,
  before: Tree,
  after: Tree,
  known: readonly KnownOperation[],
): Promise<string[]> {
  const [old, next] = [before, after].map((tree) => schemaAlone(tree, service));
  if (!old || !next) return [];
  const findings = await compareSchemas(old, next, known, today());
  return findings
    .filter(stops)
    .map((finding) => `${service} of N+1 under a gateway of N: ${findingText(finding)}`);
}

/** What one service gives; null where it is not in this version. */
function schemaAlone({ directory }: Tree, service: string): GraphQLSchema | null {
  if (!existsSync(join(directory, 'apps', service))) return null;
  return buildSubgraphSchema(parse(loadSchema(join(directory, 'apps', service, 'src'))));
}

const today = () => new Date().toISOString().slice(0, 10);

/** What is done in which order, and how each of it is taken back; going back is the same from the end. */
function stepsOf(
  changed: readonly Changed[],
  migrating: readonly string[],
  supergraphs: Plan['supergraph'],
): Step[] {
  const services = inOrder(changed.map(({ service }) => service).filter((service) => service !== 'gateway'));
  const isGatewayChanged = changed.some(({ service }) => service === 'gateway');
  const steps: Step[] = migrating.map((service) => ({
    kind: 'migrate',
    service,
    does: 'expands its schema, under a lock, while N goes on',
    back: 'stays: N works over it',
  }));
  for (const service of services) {
    const does = 'canary along the steps of the analysis, asked by gateways of N';
    steps.push({ kind: 'subgraph', service, does, back: 'weight 0, then the pods of N+1 go' });
  }
  if (supergraphs || isGatewayChanged) {
    const does = supergraphs
      ? `canary with the supergraph ${supergraphs.after} in the place of ${supergraphs.before}`
      : 'canary with the same supergraph';
    steps.push({
      kind: 'gateway',
      service: 'gateway',
      does,
      back: `weight 0${supergraphs ? `: ${supergraphs.before} is still mounted` : ''}`,
    });
  }
  for (const service of services) {
    const does =
      'what it takes from queues goes over by shares; a subscription is active in one process, and its checkpoint goes with it';
    steps.push({
      kind: 'consumers',
      service,
      does,
      back: 'N takes all of it, and what N+1 has left; subscriptions go on from the same checkpoint',
    });
  }
  return steps;
}

/** Looks at all that can go wrong between two versions before anything is touched. */
export async function planRelease(options: PlanOptions): Promise<Plan> {
  const [before, after] = [options.before, options.after].map((name) => openTree(name, options.scratch)) as [
    Tree,
    Tree,
  ];
  const changed = changedServices(before, after);
  const graph = inOrder(changed.filter(({ schema }) => schema).map(({ service }) => service));
  const mixes = mixesOf(graph).map((next) => composeMix(before, after, next, options.scratch));
  const [first, last] = [mixes[0]!.supergraph, mixes.at(-1)!.supergraph];
  const refused = judgeMixes(mixes, options.documents);
  const look: string[] = [];
  if (first !== null) {
    const schema = clientSchema(first);
    const known = options.known(schema);
    for (const service of graph) refused.push(...(await judgeAlone(service, before, after, known)));
    const findings = last === null ? [] : await compareSchemas(schema, clientSchema(last), known, today());
    for (const finding of findings) (stops(finding) ? refused : look).push(findingText(finding));
  }
  if (graph.length > mostWhole)
    look.push(
      `${graph.length} subgraphs change: composed were the mixtures that the order passes through, and not all ${2 ** graph.length}`,
    );
  const migrations = judgeMigrations(before, after);
  refused.push(...migrations.faults);
  for (const { file, name, refused: why, look: worth } of migrations.added) {
    if (why.length > 0)
      refused.push(
        `${file}: ${name} ${why.join(' and ')}. Do that in a release after which N is gone for good`,
      );
    if (worth.length > 0) look.push(`${file}: ${name} ${worth.join(' and ')}`);
  }
  const supergraph =
    first !== null && last !== null && first !== last ? { before: sha(first), after: sha(last) } : null;
  const shared = migrations.added.some(({ file }) => file.startsWith('libs/'));
  const migrating = changed
    .map(({ service }) => service)
    .filter((service) => existsSync(join(after.directory, 'apps', service, 'src/migrations')))
    .filter((service) => shared || migrations.added.some(({ file }) => file.startsWith(`apps/${service}/`)));
  return {
    from: before.name,
    to: after.name,
    supergraph,
    mixes: mixes.length,
    operations: options.documents.length,
    refused: [...new Set(refused)],
    look,
    steps: refused.length > 0 ? [] : stepsOf(changed, migrating, supergraph),
  };
}
