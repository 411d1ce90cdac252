import { prepareDatabase } from './databases.ts';
import type { Fleet } from './fleet.ts';
import { prepareSupergraph } from './graph.ts';
import type { Launch } from './launch.ts';
import { gateway } from './services.ts';
import { watchSources, type Change } from './watch.ts';

/** `--watch`: restarts what a changed file is loaded by, recomposing and migrating first where that is what changed. */
export function followSources(launch: Launch, fleet: Fleet): () => void {
  let last: Promise<void> = Promise.resolve();
  return watchSources(launch.root, (changes) => {
    // One after the other: two saves in a row must not restart a service twice at once.
    last = last
      .then(() => apply(launch, fleet, changes))
      .catch((error: unknown) => {
        launch.options.report?.({
          kind: 'trouble',
          text: error instanceof Error ? error.message : String(error),
        });
      });
  });
}

async function apply(launch: Launch, fleet: Fleet, changes: readonly Change[]): Promise<void> {
  const from = performance.now();
  for (const change of changes)
    if (change.kind === 'migrations') await migrateAgain(launch, fleet, change.name);
  if (changes.some((change) => change.kind === 'schema')) await prepareSupergraph(launch);
  const names = affected(launch, changes);
  await Promise.all(names.map((name) => fleet.named(name).restart()));
  const ms = performance.now() - from;
  if (names.length > 0) launch.options.report?.({ kind: 'step', text: `reloaded ${names.join(', ')}`, ms });
}

async function migrateAgain(launch: Launch, fleet: Fleet, name: string): Promise<void> {
  const service = launch.services.find((one) => one.name === name);
  if (!service?.migrations) return;
  const { migrations } = service;
  const options = { ...service, migrations, fresh: true };
  await prepareDatabase(options, fleet.postgresUrl(), launch.secrets.passwordFor);
}

function affected(launch: Launch, changes: readonly Change[]): string[] {
  const all = launch.services.map(({ name }) => name);
  if (changes.some((change) => change.kind === 'libs')) return all;
  const named = changes.flatMap((change) => (change.kind === 'libs' ? [] : [change.name]));
  // A new schema is served by the service and planned by the gateway.
  const withGateway = changes.some((change) => change.kind === 'schema') ? [...named, gateway] : named;
  return all.filter((name) => withGateway.includes(name));
}
