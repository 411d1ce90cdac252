import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newUuid } from '@marquee/kernel';
import { composeApplications } from '../compose/compose.ts';
import { ensureKeys, issueToken } from '../token/issuer.ts';
import { root } from '../charts/helm.ts';
import { startChild, untilReady, type Child } from './child.ts';
import { planRelease, type Plan } from '../release/plan.ts';
import { isPatched, type Fault } from './faults.ts';
import type { Track } from './rendered.ts';

/** What clients of version N ask, all through the roll-out: N+1 must answer it too. */
export const operationOfN = '{ catalogue { id title } }';
/** What only N+1 knows. */
export const operationOfNext = '{ catalogue { id title subtitle } }';

const schemaOfN = 'extend type Query { catalogue: [Item!] } type Item { id: ID! title: String! }';
const schemaOfNext = schemaOfN.replace('title: String!', 'title: String! subtitle: String');
/** N+1 with what clients of N ask for gone. */
const schemaOfBroken = schemaOfN.replace('title: String!', 'subtitle: String');

const migrationOf = (sql: string) => `export class Subtitles1 implements MigrationInterface {
  async up(queryRunner) { await queryRunner.query('${sql}'); }
}
`;

/** The sources of one version, as a release is planned from them. */
function layOutSources(directory: string, schema: string, migration: string | null): void {
  const source = join(directory, 'apps', 'catalogue', 'src');
  mkdirSync(join(source, 'migrations'), { recursive: true });
  writeFileSync(join(source, 'main.ts'), '');
  writeFileSync(join(source, 'catalogue.graphql'), schema);
  if (migration !== null) writeFileSync(join(source, 'migrations', 'subtitles.ts'), migrationOf(migration));
}

/** Both versions as sources, and the supergraph of each in a file of its own as the chart mounts them. */
export function composeVersions(
  directory: string,
  fault: Fault,
): { readonly present: string; readonly next: string } {
  const compose = (version: string, schema: string, migration: string | null) => {
    layOutSources(join(directory, version), schema, migration);
    const composition = composeApplications(join(directory, version, 'apps'));
    if (!composition.ok) throw new Error(composition.errors.join('\n'));
    const file = join(directory, `${version}.graphql`);
    writeFileSync(file, composition.supergraph);
    return file;
  };
  const change = fault === 'migration' ? 'rename column title to heading' : 'add column subtitle text';
  return {
    present: compose('present', schemaOfN, null),
    next: compose('next', fault === 'schema' ? schemaOfBroken : schemaOfNext, `alter table item ${change}`),
  };
}

/** Plans the roll-out of N+1 over N, as every release is planned, with what clients send as the one document that is known. */
export function planVersions(directory: string): Promise<Plan> {
  return planRelease({
    before: join(directory, 'present'),
    after: join(directory, 'next'),
    scratch: join(directory, 'plan'),
    documents: [{ name: 'the visitors', source: operationOfN }],
    known: () => [],
  });
}

/** Somebody who may ask: signed by an issuer that lives as long as the rehearsal. */
export async function makeVisitor(
  directory: string,
): Promise<{ readonly token: string; readonly jwksFile: string }> {
  mkdirSync(directory, { recursive: true });
  const email = 'visitor@example.com';
  const visitor = { role: 'GUEST', organisationId: newUuid(), email, name: email } as const;
  const token = await issueToken(directory, visitor);
  return { token, jwksFile: (await ensureKeys(directory)).jwksFile };
}

export type StandIn = { readonly url: string; stop(): Promise<void> };

/**
 * A subgraph that costs nothing: on two cores it is the gateway that shall be busy. It is of version N+1 already, as
 * subgraphs are rolled out before the gateway, and answers what either gateway asks.
 */
export async function startStandIn(): Promise<StandIn> {
  const items = Array.from({ length: 5 }, (_, place) => ({
    id: `${place}`,
    title: `Night ${place}`,
    subtitle: null,
  }));
  const answer = JSON.stringify({ data: { catalogue: items } });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What this machine has in place of a cluster's addresses and Secrets. */
export type Place = {
  readonly port: number;
  readonly supergraph: string;
  readonly subgraphUrl: string;
  /** Of the issuer that signs this rehearsal's visitor. */
  readonly jwksFile: string;
  readonly logFile: string;
  readonly inherited: Readonly<Record<string, string>>;
};

export type Gateway = { readonly port: number; stop(): Promise<void>; readonly child: () => Child };

/** The environment that the chart gives a pod, where this machine does not say otherwise. */
function environmentOf({ environment }: Track, place: Place): Record<string, string> {
  const { NATS_URL: _, NATS_NAMESPACE: __, ...kept } = environment;
  return {
    ...place.inherited,
    ...Object.fromEntries(Object.entries(kept).filter(([name]) => !/^[A-Z]+_URL$/.test(name))),
    HOST: '127.0.0.1',
    PORT: `${place.port}`,
    LOG_LEVEL: 'error',
    MARQUEE_INTERNAL_SECRET: 'a secret that lives for one rehearsal alone',
    MARQUEE_JWKS_FILE: place.jwksFile,
    MARQUEE_SUPERGRAPH_FILE: place.supergraph,
    CATALOGUE_URL: place.subgraphUrl,
    IDENTITY_URL: place.subgraphUrl,
  };
}

/** A pod's gateway. One that is killed is started again after a second, as a kubelet does. */
export async function startGateway(track: Track, place: Place, fault: Fault): Promise<Gateway> {
  const hook = pathToFileURL(join(import.meta.dirname, 'fault-hook.ts'));
  hook.searchParams.set('fault', fault);
  const start = () =>
    startChild(
      process.execPath,
      [...(isPatched(fault) ? ['--import', hook.href] : []), join(root, 'apps/gateway/src/main.ts')],
      { env: environmentOf(track, place), logFile: place.logFile },
    );
  let child = start();
  let stopping = false;
  const again = () =>
    void child.ended.then(() => {
      if (stopping) return;
      setTimeout(() => {
        if (stopping) return;
        child = start();
        again();
      }, 1_000).unref();
    });
  await untilReady(`http://127.0.0.1:${place.port}${track.readyPath}`, child);
  again();
  return {
    port: place.port,
    child: () => child,
    stop: async () => {
      stopping = true;
      await child.stop();
    },
  };
}
