import { connectOperator, OperatorError, type Operator } from '@marquee/messaging';
import { systemScope } from '@marquee/postgres';
import { parseCount, sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { createProgress, progressBar } from '../progress.ts';
import { runningNats, withSources, type Source } from '../sources.ts';
import { formatTable } from '../table.ts';

type Letter = {
  readonly service: string;
  readonly id: string;
  readonly projection: string;
  readonly source: string;
  readonly organisationId: string;
  readonly subject: string;
  readonly error: string;
  readonly tries: number;
  readonly failedAt: string;
  readonly payload: string;
};

async function run(call: Call): Promise<number> {
  const [verb, ...ids] = call.words;
  if (verb === 'list' && ids.length === 0) return list(call);
  if (verb === 'show' && ids.length === 1) return show(call, ids);
  if (verb === 'retry' && ids.length > 0 !== call.flag('all')) return retry(call, ids);
  throw new UsageError('What? marquee events dead-letters list, show ID, retry ID…, or retry --all');
}

async function list(call: Call): Promise<number> {
  const letters = await withSources(call, 'messaging_checkpoint', (sources) =>
    readLetters(call, sources, []),
  );
  if (call.flag('json')) for (const letter of letters) await call.io.out(`${JSON.stringify(letter)}\n`);
  else if (letters.length === 0) await call.io.out('There are no dead letters.\n');
  else {
    const rows = letters.map(({ service, projection, id, subject, tries, failedAt, error }) => [
      service,
      projection,
      id,
      subject.split('.').slice(3, 5).join('.'),
      tries,
      failedAt,
      error.length > 80 ? `${error.slice(0, 79)}…` : error,
    ]);
    await call.io.out(
      formatTable(['service', 'projection', 'id', 'event', 'tries', 'failed at', 'error'], rows),
    );
  }
  return exitCodes.done;
}

async function show(call: Call, ids: readonly string[]): Promise<number> {
  const letters = await withSources(call, 'messaging_checkpoint', (sources) =>
    readLetters(call, sources, ids),
  );
  if (letters.length === 0) throw new CliError(`There is no dead letter ${ids[0]}.`);
  for (const letter of letters) {
    if (call.flag('json')) await call.io.out(`${JSON.stringify(letter)}\n`);
    else {
      const { payload, ...rest } = letter;
      const fields = Object.entries(rest).map(([name, value]) => `${name.padEnd(15)} ${value}`);
      await call.io.out(`${fields.join('\n')}\n${payload}\n`);
    }
  }
  return exitCodes.done;
}

async function retry(call: Call, ids: readonly string[]): Promise<number> {
  if (call.text('database') !== undefined) {
    throw new UsageError('retry asks the running service, which has the handlers: leave --database out.');
  }
  const letters = await withSources(call, 'messaging_checkpoint', (sources) =>
    readLetters(call, sources, ids),
  );
  const missing = ids.filter((id) => !letters.some((letter) => letter.id === id));
  if (missing.length > 0) throw new CliError(`There is no dead letter ${missing.join(', ')}.`);
  const operator = await connectOperator(runningNats());
  const progress = createProgress(call.io);
  let [done, failed] = [0, 0];
  try {
    for (const letter of letters) {
      if (call.io.signal.aborted) break;
      const outcome = await retryOne(operator, letter);
      if (outcome.handled) done += 1;
      else failed += 1;
      progress.show(progressBar(done + failed, letters.length, 'dead letters'));
      if (call.flag('json') || !outcome.handled) progress.end();
      if (call.flag('json')) await call.io.out(`${JSON.stringify(outcome)}\n`);
      else if (!outcome.handled)
        call.io.err(`${letter.service} ${letter.projection} ${letter.id}: ${outcome.error}\n`);
    }
  } finally {
    progress.end();
    await operator.close();
  }
  if (!call.flag('json')) await call.io.out(`${done} handled, ${failed} failed and stay.\n`);
  return failed > 0 ? exitCodes.failed : exitCodes.done;
}

async function retryOne(operator: Operator, { service, projection, id }: Letter) {
  const of = { service, projection, id };
  try {
    const handled = await operator.retryDeadLetter(service, projection, id);
    return { ...of, handled, ...(!handled && { error: 'it is gone: somebody else retried it' }) };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { ...of, handled: false, error: error.message };
  }
}

async function readLetters(
  call: Call,
  sources: readonly Source[],
  ids: readonly string[],
): Promise<Letter[]> {
  const limit = parseCount(call, 'limit', 1_000);
  const projection = call.text('projection') ?? null;
  const all = await Promise.all(
    sources.map(({ service, database }) =>
      database.read(systemScope, async (tx) => {
        const rows = await tx.rows<Omit<Letter, 'service' | 'failedAt'> & { readonly at: Date }>(
          `select message_id as id, subscription as projection, source, organisation_id as "organisationId", subject,
                  error, tries, failed_at as at, payload
           from dead_letter
           where ($1::text is null or subscription = $1) and (cardinality($2::text[]) = 0 or message_id = any($2))
           order by failed_at limit $3`,
          [projection, ids, limit],
        );
        return rows.map(({ at, ...row }) => ({ service, ...row, failedAt: at.toISOString() }));
      }),
    ),
  );
  return all
    .flat()
    .toSorted((a, b) => a.failedAt.localeCompare(b.failedAt))
    .slice(0, limit);
}

export const deadLetters: Command = {
  name: 'dead-letters',
  summary: 'Lists, shows and retries the events that a subscription gave up',
  forms: ['list [options]', 'show ID [options]', 'retry ID… | --all [options]'],
  notes: `An event that failed five times is kept whole with its error, and the ones after it go on. retry has the running
service handle it again, in one transaction with its removal: what fails again stays, and the exit code is 1.`,
  options: {
    projection: { value: 'NAME', help: 'of one subscription' },
    all: { help: 'retry every one that is listed' },
    limit: { value: 'N', help: 'dead letters at most, the oldest first (default 1,000)' },
    ...sourceOptions,
  },
  examples: ['dead-letters list --service tickets', 'dead-letters retry --all --projection replicas'],
  run,
};
