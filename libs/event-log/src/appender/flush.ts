import { assert } from '@marquee/kernel';
import { isDeadlock, sqlState, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { ConcurrencyError } from '../append.ts';
import { draftRecord, toLogged, type StreamRow } from '../draft.ts';
import { coalescedSql, versionsSql } from './coalesced.sql.ts';
import type { Chain, Request } from './request-queue.ts';

/** What became of one stream of a flush. */
export type Judged = {
  readonly chain: Chain;
  /** After the flush; unknown where the database could not say. */
  readonly version: number | null;
  /** Requests that were not judged and must be tried again, in their order. */
  readonly unjudged: readonly Request[];
};

const deadlockAttempts = 3;

/**
 * Writes chains in one transaction and answers their callers, each for itself. Never throws: a fault goes to the callers
 * that it concerns. Where the database refuses a value (such as a NUL in a text), it refuses the statement as a whole; so
 * the flush is halved until the request at fault stands alone.
 */
export async function flush(database: Database, chains: readonly Chain[]): Promise<Judged[]> {
  try {
    return await write(database, chains);
  } catch (error) {
    const [chain] = chains;
    assert(chain, 'a flush of nothing');
    if (!isFaultOfOne(error)) return chains.map((each) => rejectAll(each, error));
    if (chains.length > 1) {
      const middle = Math.ceil(chains.length / 2);
      return [
        ...(await flush(database, chains.slice(0, middle))),
        ...(await flush(database, chains.slice(middle))),
      ];
    }
    const [first, ...others] = chain.requests;
    if (others.length === 0) return [rejectAll(chain, error)];
    const [judged] = await flush(database, [{ key: chain.key, requests: [first!] }]);
    return [{ chain, version: judged!.version, unjudged: [...judged!.unjudged, ...others] }];
  }
}

async function write(database: Database, chains: readonly Chain[], attempt = 1): Promise<Judged[]> {
  try {
    const rows = new Map((await writeAtOnce(database, chains)).map((row) => [row.stream, row]));
    const refused = chains.filter((chain) => !rows.has(chain.key));
    const versions = refused.length === 0 ? new Map<string, number>() : await versionsOf(database, refused);
    return chains.map((chain) => settle(chain, rows.get(chain.key), versions.get(chain.key) ?? 0));
  } catch (error) {
    // All of it was rolled back, so trying again doubles nothing.
    if (isDeadlock(error) && attempt < deadlockAttempts) return write(database, chains, attempt + 1);
    throw error;
  }
}

/**
 * Begin, statement and commit in one round trip: an open transaction that has written holds back every reader of a log,
 * so that with three of them the next flush was open before the relay had seen this one.
 */
async function writeAtOnce(database: Database, chains: readonly Chain[]): Promise<StreamRow[]> {
  let written: Promise<StreamRow[]> = Promise.resolve([]);
  const send = async (tx: Transaction) => {
    tx.mustReachDisk();
    written = tx.rows<StreamRow>(coalescedSql, parametersOf(chains), { name: 'append-coalesced' });
    written.catch(() => undefined);
  };
  // Its own fault says more than that of the commit after it.
  await database.transaction(systemScope, send, { pipelined: true }).catch(async (error: unknown) => {
    await written;
    throw error;
  });
  return written;
}

/** Asked after the commit, so perhaps newer than what the refused were judged by. */
async function versionsOf(database: Database, refused: readonly Chain[]): Promise<Map<string, number>> {
  const owners = refused.map((chain) => chain.requests[0]!.drafts[0]!);
  const found = await database.read(systemScope, (tx) =>
    tx.rows<{ organisation: string; stream: string; version: number }>(versionsSql, [
      owners.map((draft) => draft.organisationId),
      owners.map((draft) => draft.streamId),
    ]),
  );
  return new Map(found.map((row) => [`${row.organisation}/${row.stream}`, row.version]));
}

function parametersOf(chains: readonly Chain[]): string[] {
  const records: string[] = [];
  const streams = chains.map(({ requests }, s) => {
    const before = records.length;
    for (const { drafts, json, cause } of requests) {
      const { correlationId: correlation, actor, traceparent: trace } = cause;
      for (const [index, draft] of drafts.entries())
        records.push(draftRecord(draft, json[index]!, s, { correlation, actor, trace }));
    }
    const { expected, drafts } = requests[0]!;
    const { organisationId: organisation, streamId: stream } = drafts[0]!;
    return { s, organisation, stream, events: records.length - before, before, expected };
  });
  return [`[${records.join(',')}]`, expectedOf(chains), JSON.stringify(streams)];
}

function expectedOf(chains: readonly Chain[]): string {
  const pairs = chains.map(({ key, requests }) => [key, requests[0]!.expected] as const);
  return JSON.stringify(Object.fromEntries(pairs.filter(([, expected]) => expected !== null)));
}

/** Answers the callers of one chain. Without a row its first request was refused: the stream is at `actual`. */
function settle(chain: Chain, row: StreamRow | undefined, actual: number): Judged {
  const [first, ...others] = chain.requests;
  if (!row) {
    // At the very version it expected: when it was judged it was at another, or not there; others moved it since.
    const version = actual === first!.expected ? 0 : actual;
    rejectStale(first!, version);
    return { chain, version, unjudged: others };
  }
  let base = row.version - chain.requests.reduce((sum, { drafts }) => sum + drafts.length, 0);
  for (const { drafts, cause, resolve } of chain.requests) {
    resolve(toLogged(drafts, base, row.now, cause));
    base += drafts.length;
  }
  return { chain, version: row.version, unjudged: [] };
}

export function rejectStale({ drafts, expected, reject }: Request, actual: number): void {
  const message = `stream ${drafts[0]!.streamId} is at version ${actual}, not at ${expected}`;
  reject(new ConcurrencyError(actual, { message }));
}

function rejectAll(chain: Chain, error: unknown): Judged {
  for (const { reject } of chain.requests) reject(error);
  return { chain, version: null, unjudged: [] };
}

/** Data exceptions, broken constraints, and values beyond a limit of the server's: of one row, not of the server. */
function isFaultOfOne(error: unknown): boolean {
  return ['22', '23', '54'].includes(sqlState(error)?.slice(0, 2) ?? '');
}
