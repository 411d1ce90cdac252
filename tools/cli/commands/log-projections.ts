import {
  pauseProjection,
  projectionStatus,
  rebuildProjection,
  resumeProjection,
  type ProjectionStatus,
} from '@marquee/event-log';
import { systemScope, type Transaction } from '@marquee/postgres';
import type { Call } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { theOne, withSources, type Source } from '../sources.ts';
import type { Shown } from './projections.ts';

/** The projections that a service keeps of its own log: a row for each generation that is live or being built. */
export async function listLogProjections({ service, database }: Source): Promise<Shown[]> {
  const all = await database.read(systemScope, statusOf);
  return all.flatMap(({ name, mode, paused, generations }) =>
    generations
      .filter(({ state }) => state !== 'retired')
      .map((each) => ({
        service,
        name,
        kind: mode,
        version: each.version,
        state: `${paused ? 'paused, ' : ''}${each.state}`,
        lag: each.lag,
        handled: each.handled,
        deadLetters: each.deadLetters,
        replayable: true,
        lastError: null,
        checkpoints: [
          { source: service, position: `${each.position.tx}/${each.position.position}`, at: null },
        ],
      })),
  );
}

async function statusOf(tx: Transaction): Promise<ProjectionStatus[]> {
  const [row] = await tx.rows<{ there: boolean }>(
    `select to_regclass('event_projection') is not null as there`,
  );
  return row?.there ? projectionStatus(tx) : [];
}

const verbs = {
  pause: {
    change: (tx: Transaction, { name }: ProjectionStatus) => pauseProjection(tx, name),
    done: 'stands still until it is resumed',
  },
  resume: {
    change: (tx: Transaction, { name }: ProjectionStatus) => resumeProjection(tx, name),
    done: 'goes on from its checkpoint',
  },
  rebuild: {
    change: (tx: Transaction, { name, generations }: ProjectionStatus) =>
      rebuildProjection(tx, { name, version: Math.max(...generations.map(({ version }) => version)) }),
    done: 'is built anew beside the live one, and takes its place when it has caught up',
  },
} as const;

/** Pauses, resumes or rebuilds one. The processes that run it find that by themselves. */
export async function changeLogProjection(call: Call, verb: string, name: string): Promise<number> {
  if (!(verb in verbs)) throw new UsageError('What? marquee events projections [pause|resume|rebuild NAME]');
  const { change, done } = verbs[verb as keyof typeof verbs];
  return withSources(call, 'event_log', async (sources) => {
    const owners: Source[] = [];
    for (const source of sources) {
      const known = await source.database.read(systemScope, statusOf);
      if (known.some((each) => each.name === name)) owners.push(source);
    }
    if (owners.length === 0) {
      throw new CliError(
        `No service keeps a projection ${name} of its own log. Subscriptions (kind "subscription") are rebuilt by replay.`,
      );
    }
    const { service, database } = theOne(owners, `The projection ${name}`);
    await database.transaction(systemScope, async (tx) => {
      const found = (await projectionStatus(tx)).find((each) => each.name === name);
      if (found) await change(tx, found);
    });
    const answer = call.flag('json')
      ? JSON.stringify({ service, name, done: verb })
      : `${service} ${name} ${done}.`;
    await call.io.out(`${answer}\n`);
    return exitCodes.done;
  });
}
