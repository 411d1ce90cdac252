import { readFile } from 'node:fs/promises';
import { text as textOfStream } from 'node:stream/consumers';
import { assertValidEvent, isEventType } from '@marquee/contracts';
import { appendEvents } from '@marquee/event-log';
import { newCorrelationId, parseCorrelationId, runWithCorrelation } from '@marquee/telemetry';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { organisationOf, theOne, withSources, type Source } from '../sources.ts';

async function run(call: Call): Promise<number> {
  const [stream, type, ...more] = call.words;
  const organisationId = organisationOf(call);
  const given = call.text('data');
  if (!stream || !type || more.length > 0 || !organisationId || given === undefined) {
    throw new UsageError('Say all of it: append STREAM TYPE --organisation UUID --data JSON');
  }
  if (!isEventType(type)) {
    throw new UsageError(
      `There is no event ${type} in the catalogue; docs/backbone/events.md lists them all.`,
    );
  }
  const event = { type, data: await readData(given) };
  assertValidEvent(event);
  if (call.text('database') === undefined && !call.flag('yes')) {
    throw new UsageError(
      'Into the running platform an event goes without the change of state it tells of, and services act on it. If that is wanted, add --yes; else name a --database.',
    );
  }
  const expectedVersion = parseExpected(call.text('expected-version'));
  return withSources(call, 'event_log', async (sources) => {
    const { database } = ownerOf(call, sources, type);
    const [appended] = await runWithCorrelation(correlationOf(call), () =>
      database.transaction({ organisationId }, (tx) =>
        appendEvents(tx, {
          streamId: stream,
          events: [event],
          ...(expectedVersion !== undefined && { expectedVersion }),
        }),
      ),
    );
    if (call.flag('json')) await call.io.out(`${JSON.stringify(appended)}\n`);
    else await call.io.out(`${appended!.id} is version ${appended!.version} of ${stream}.\n`);
    return exitCodes.done;
  });
}

/** A service's log has its own events only. */
function ownerOf(call: Call, sources: readonly Source[], type: string): Source {
  const service = type.slice(0, type.indexOf('.'));
  if (call.text('database') !== undefined) return theOne(sources, 'An event');
  const owner = sources.find((source) => source.service === service);
  if (owner) return owner;
  throw new UsageError(`${type} is an event of ${service}: leave --service out, or name that one.`);
}

/** JSON as given, of a file (`@path`), or of stdin (`-`). */
async function readData(given: string): Promise<unknown> {
  const json =
    given === '-'
      ? await textOfStream(process.stdin)
      : given.startsWith('@')
        ? await readText(given.slice(1))
        : given;
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new UsageError(`--data is not JSON: ${(error as Error).message}`);
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  });
}

function parseExpected(given: string | undefined): number | 'none' | undefined {
  if (given === undefined || given === 'none') return given;
  const version = Number(given);
  if (Number.isSafeInteger(version) && version >= 0) return version;
  throw new UsageError(`--expected-version must be a version or none, not "${given}".`);
}

function correlationOf(call: Call) {
  const given = call.text('correlation');
  const correlationId = given === undefined ? newCorrelationId() : parseCorrelationId(given);
  if (!correlationId)
    throw new UsageError(`--correlation cannot be "${given}": letters, digits and ._- only.`);
  return { correlationId, actor: call.text('actor') ?? 'system' };
}

export const append: Command = {
  name: 'append',
  summary: 'Appends one event by hand, checked against the catalogue',
  forms: ['STREAM TYPE --organisation UUID --data JSON [options]'],
  notes: `The event's schema is checked, and the fault is named by its path. It changes no table of state: it is for tests,
repairs and databases of your own, and needs --yes on the running platform.`,
  options: {
    organisation: { value: 'UUID', help: 'whose event it is' },
    data: { value: 'JSON', help: 'the data; @FILE reads a file, - stdin' },
    'expected-version': { value: 'N', help: 'of the stream before it, or none; else nothing is written' },
    correlation: { value: 'ID', help: 'correlation id (default: a new one)' },
    actor: { value: 'NAME', help: 'who did it (default: system)' },
    yes: { help: 'into the running platform' },
    ...sourceOptions,
  },
  examples: [
    `append event-series-$ID events.series-created.v1 --organisation $ORG --data '{"seriesId":"…","title":"Jazz"}' --yes`,
  ],
  run,
};
