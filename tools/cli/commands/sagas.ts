import { isUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { inspectSaga, listSagas, retrySaga, type SagaStatus, type SagaSummary } from '@marquee/sagas';
import { parseCount, sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { withSources } from '../sources.ts';
import { formatTable } from '../table.ts';

type Listed = SagaSummary & { readonly service: string };

async function run(call: Call): Promise<number> {
  const [verb, ...ids] = call.words;
  for (const id of ids) {
    if (!isUuid(id)) throw new UsageError(`A saga is named by its id, a UUID, not by "${id}".`);
  }
  if (verb === 'list' && ids.length === 0) return list(call);
  if (verb === 'show' && ids.length === 1) return show(call, ids[0]!);
  if (verb === 'retry' && ids.length > 0 !== call.flag('all')) return retry(call, ids);
  throw new UsageError('What? marquee sagas list, show ID, retry ID…, or retry --all');
}

function parseStatus(call: Call): SagaStatus | undefined {
  const given = call.text('status')?.toUpperCase();
  if (given === undefined || given === 'RUNNING' || given === 'STUCK' || given === 'DONE') return given;
  throw new UsageError(`--status is running, stuck or done, not "${given}".`);
}

async function find(call: Call, status: SagaStatus | undefined): Promise<Listed[]> {
  const [name, key] = [call.text('name'), call.text('key')];
  const filter = {
    ...(name !== undefined && { name }),
    ...(key !== undefined && { key }),
    ...(status && { status }),
    limit: parseCount(call, 'limit', 100),
  };
  return withSources(call, 'saga', async (sources) => {
    const found = await Promise.all(
      sources.map(async ({ service, database }) => {
        const sagas = await database.read(systemScope, (tx) => listSagas(tx, filter));
        return sagas.map((saga) => ({ service, ...saga }));
      }),
    );
    return found.flat();
  });
}

async function list(call: Call): Promise<number> {
  const sagas = await find(call, parseStatus(call));
  if (call.flag('json')) for (const saga of sagas) await call.io.out(`${JSON.stringify(saga)}\n`);
  else if (sagas.length === 0) await call.io.out('There are no such sagas.\n');
  else {
    const rows = sagas.map(({ service, name, id, key, status, unwinding, steps, startedAt, error }) => [
      service,
      name,
      id,
      key,
      unwinding ? `${status}, undoing` : status,
      steps,
      startedAt.toISOString(),
      error && error.length > 80 ? `${error.slice(0, 79)}…` : error,
    ]);
    const headings = ['service', 'saga', 'id', 'key', 'status', 'steps', 'started at', 'error'];
    await call.io.out(formatTable(headings, rows));
  }
  return exitCodes.done;
}

async function show(call: Call, id: string): Promise<number> {
  const found = await withSources(call, 'saga', async (sources) => {
    for (const { service, database } of sources) {
      const saga = await database.read(systemScope, (tx) => inspectSaga(tx, id));
      if (saga) return { service, ...saga };
    }
    return null;
  });
  if (!found) throw new CliError(`There is no saga ${id}.`);
  if (call.flag('json')) {
    await call.io.out(`${JSON.stringify(found)}\n`);
    return exitCodes.done;
  }
  const { service, name, key, status, unwinding, state, error, tasks, history, correlationId } = found;
  const facts = [
    `${name} ${key} of ${service}: ${status}${unwinding ? ', undoing' : ''}`,
    ...(error ? [`error: ${error}`] : []),
    `organisation ${found.organisationId}, correlation ${correlationId}`,
    `state ${JSON.stringify(state)}`,
  ];
  await call.io.out(`${facts.join('\n')}\n\n`);
  const steps = history.map(({ step, at, input, issued }) => [
    step,
    at.toISOString(),
    JSON.stringify(input),
    issued.join(', ') || null,
  ]);
  await call.io.out(formatTable(['step', 'at', 'was told', 'asked for'], steps));
  if (tasks.length === 0) return exitCodes.done;
  const open = tasks.map(({ kind, type, dueAt, tries, stuck, error: fault }) => [
    kind,
    type,
    stuck ? 'given up' : dueAt.toISOString(),
    tries,
    fault,
  ]);
  await call.io.out(`\n${formatTable(['to do', 'what', 'due', 'tries', 'error'], open)}`);
  return exitCodes.done;
}

async function retry(call: Call, ids: readonly string[]): Promise<number> {
  const wanted = call.flag('all') ? (await find(call, 'STUCK')).map(({ id }) => id) : ids;
  let retried = 0;
  await withSources(call, 'saga', async (sources) => {
    for (const id of wanted) {
      let tasks = 0;
      for (const { database } of sources) {
        tasks += await database.transaction(systemScope, (tx) => retrySaga(tx, id));
      }
      if (tasks === 0) call.io.err(`${id} is not a stuck saga.\n`);
      else retried += 1;
    }
  });
  const answer = call.flag('json') ? JSON.stringify({ retried }) : `${retried} retried.`;
  await call.io.out(`${answer}\n`);
  return retried === wanted.length ? exitCodes.done : exitCodes.failed;
}

export const sagas: Command = {
  name: 'sagas',
  summary: 'Lists the process managers of every service, shows what one has done, retries what is stuck',
  forms: ['list [options]', 'show ID [options]', 'retry ID… [options]', 'retry --all [options]'],
  notes: `A saga is STUCK when one of its commands has failed for good; retry gives it all its tries again, which the running
service then takes. Also without "events": marquee sagas list.`,
  options: {
    ...sourceOptions,
    status: { value: 'STATUS', help: 'only running, stuck or done' },
    name: { value: 'SAGA', help: 'only of this saga' },
    key: { value: 'KEY', help: 'only of this key, such as an order id' },
    limit: { value: 'N', help: 'of each service the newest N (default 100)' },
    all: { help: 'with retry: all that are stuck' },
  },
  examples: ['sagas list --status stuck', 'sagas show 0198… --json', 'sagas retry --all --service tickets'],
  run,
};
