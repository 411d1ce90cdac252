import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Correlation } from '@marquee/telemetry';
import { ConcurrencyError } from './append.ts';
import { coalescedSql } from './appender/coalesced.sql.ts';
import { draftEvents, draftJson, draftRecord, expectedNumber, type StreamAppend } from './draft.ts';

const maxEventsPerAppend = 10_000;

/**
 * As `appendMany`, for a transaction that does the work of many callers at once: each append carries who caused it.
 * Answers nothing, for on such a path being told what one has just said is a good part of the cost. Throws
 * ConcurrencyError when an expected version does not hold; then the transaction is lost.
 */
export async function appendEach(
  tx: Transaction,
  appends: readonly (StreamAppend & { readonly cause: Correlation })[],
): Promise<void> {
  const { organisationId } = tx;
  assert(organisationId, 'appends for many callers are of one tenant');
  const records: string[] = [];
  const expected: Record<string, number> = {};
  const streams = appends.map((append, s) => {
    const { cause, streamId: stream } = append;
    const drafts = draftEvents(append, organisationId);
    assert(drafts.length > 0, 'an append of nothing');
    const before = records.length;
    const fields = { correlation: cause.correlationId, actor: cause.actor, trace: cause.traceparent };
    for (const draft of drafts) records.push(draftRecord(draft, draftJson(draft), s, fields));
    const version = expectedNumber(append);
    if (version !== null) expected[`${organisationId}/${stream}`] = version;
    return { s, organisation: organisationId, stream, events: drafts.length, before, expected: version };
  });
  if (records.length === 0) return;
  assert(records.length <= maxEventsPerAppend, `at most ${maxEventsPerAppend} events an append`);
  assert(
    new Set(streams.map(({ stream }) => stream)).size === streams.length,
    'one append names a stream twice',
  );
  tx.mustReachDisk();
  const written = await tx.rows<{ stream: string }>(
    coalescedSql,
    [`[${records.join(',')}]`, JSON.stringify(expected), JSON.stringify(streams)],
    { name: 'append-coalesced' },
  );
  if (written.length === streams.length) return;
  const there = new Set(written.map(({ stream }) => stream));
  const stale = streams.find(({ stream }) => !there.has(`${organisationId}/${stream}`));
  throw new ConcurrencyError(-1, {
    message: `stream ${stale?.stream} is not at the version that was expected`,
  });
}
