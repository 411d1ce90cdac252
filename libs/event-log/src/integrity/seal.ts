import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { logStart, type LogPosition } from '../read-all.ts';
import { eventColumns, toStoredEvent, type EventRow } from '../row.ts';
import { chainStart, extendChain, toCount, type ChainTip } from './chain-tip.ts';
import { frontierRoot, type CompletedNode } from './frontier.ts';
import type { Hash } from './merkle.ts';
import { sealSql } from './seal.sql.ts';
import { signTreeHead, type HeadSigner } from './tree-head.ts';

export type SealOptions = {
  /** Signs the new root of every tenant whose chain has grown. Without it there are chains and no heads. */
  readonly signer?: HeadSigner;
  /** Events of one transaction; default 1,000. */
  readonly batchSize?: number;
  /** Batches of one pass; default as many as there is work for. */
  readonly maxBatches?: number;
  /** Ends the pass after the batch under way. */
  readonly signal?: AbortSignal;
};

export type SealedLog = {
  /** False: another process is at it, and this one did nothing more. */
  readonly leading: boolean;
  readonly sealed: number;
  readonly signed: number;
  /** True: it ended at `maxBatches`, and there may be more to seal. */
  readonly more: boolean;
};

const sealLock = 'marquee event chain';
/** Heads of one transaction. */
const signLimit = 500;

/**
 * One pass over what was appended since the last: chains every tenant's new events in the order of the log and signs the
 * new heads. Any number of processes may call it at any time; one works, the others return at once. Killed anywhere, the
 * next pass goes on where the last transaction ended.
 *
 * Why not at the append: each event's hash needs the one before, so all appends of a tenant would wait for each other's
 * commits, and the door of a sale is one tenant. So there is a window in which an event is not sealed: from its commit
 * until the next pass, and as long as an older transaction is open, since only below the readers' horizon is the order
 * certain. Who changes a row within it with a superuser's rights is not found out.
 */
export async function sealLog(database: Database, options: SealOptions = {}): Promise<SealedLog> {
  const { batchSize = 1_000, maxBatches = Number.POSITIVE_INFINITY, signer, signal } = options;
  let [sealed, signed, more] = [0, 0, true];
  for (let batches = 0; more && batches < maxBatches && !signal?.aborted; batches++) {
    const batch = await asLeader(database, (tx) => sealBatch(tx, batchSize));
    if (!batch) return { leading: false, sealed, signed, more: false };
    sealed += batch.sealed;
    more = batch.read === batchSize;
  }
  // A head for each of many batches would be signed for nothing: who catches up signs where it arrives.
  for (let unsigned = signer !== undefined && !more; unsigned && signer && !signal?.aborted;) {
    const heads = await asLeader(database, (tx) => signHeads(tx, signer));
    if (heads === null) return { leading: false, sealed, signed, more };
    signed += heads;
    unsigned = heads === signLimit;
  }
  return { leading: true, sealed, signed, more };
}

/** Null where another transaction has the lock, which lives and dies with its transaction. */
async function asLeader<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T | null> {
  return database.transaction(systemScope, async (tx) => {
    const [lock] = await tx.rows<{ held: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
      [sealLock],
    );
    return lock?.held ? work(tx) : null;
  });
}

type Growth = {
  tip: ChainTip;
  at: LogPosition;
  readonly nodes: CompletedNode[];
};

/** Everything is computed before the one statement that writes, so that readers are held back for its length only. */
async function sealBatch(
  tx: Transaction,
  limit: number,
): Promise<{ readonly read: number; readonly sealed: number }> {
  const rows = await readUnsealed(tx, await sealedUpTo(tx), limit);
  const tips = await loadTips(tx, [...new Set(rows.map((row) => row.organisation_id))]);
  const grown = new Map<string, Growth>();
  const entries: { readonly row: UnsealedRow; readonly sequence: number; readonly hash: Hash }[] = [];
  for (const row of rows) {
    const organisation = row.organisation_id;
    const at = { tx: row.tx, position: row.position };
    const growth = grown.get(organisation) ?? { tip: tips.get(organisation) ?? chainStart, at, nodes: [] };
    const sequence = growth.tip.frontier.size;
    const { tip, kept } = extend(growth.tip, row);
    growth.nodes.push(...kept);
    grown.set(organisation, Object.assign(growth, { tip, at }));
    entries.push({ row, sequence, hash: tip.hash });
  }
  if (entries.length > 0) await write(tx, entries, grown);
  return { read: rows.length, sealed: entries.length };
}

function extend(tip: ChainTip, row: UnsealedRow): ReturnType<typeof extendChain> {
  try {
    return extendChain(tip, toStoredEvent(row));
  } catch (error) {
    throw new Error(`event ${row.event_id} at position ${row.position} cannot be sealed`, { cause: error });
  }
}

/** Up to where the whole log is sealed. */
export async function sealedUpTo(tx: Transaction): Promise<LogPosition> {
  const [tip] = await tx.rows<LogPosition>(
    `select tip.tx::text as tx, tip.position::text as position from event_chain_tip tip
     order by tip.tx desc, tip.position desc limit 1`,
  );
  return tip ?? logStart;
}

type UnsealedRow = EventRow & { readonly tx: string; readonly position: string };

/** As readAll, but what is sealed already is left out: after a restore the pass begins anew at the log's start. */
async function readUnsealed(tx: Transaction, after: LogPosition, limit: number): Promise<UnsealedRow[]> {
  return tx.rows<UnsealedRow>(
    `select ${eventColumns}, event_log.tx::text as tx, global_position::text as position
     from event_log
     where (event_log.tx, global_position) > ($1::xid8, $2::bigint)
       and event_log.tx < pg_snapshot_xmin(pg_current_snapshot())
       and not exists (select from event_chain where event_chain.position = global_position)
     order by event_log.tx, global_position limit $3`,
    [after.tx, after.position, limit],
  );
}

export async function loadTips(
  tx: Transaction,
  organisationIds: readonly string[],
): Promise<Map<string, ChainTip & { readonly hash: Hash }>> {
  const rows = await tx.rows<{ organisation: string; size: string; hash: Buffer; frontier: Buffer[] }>(
    `select organisation_id as organisation, size::text as size, hash, frontier
     from event_chain_tip where organisation_id = any($1::uuid[])`,
    [organisationIds],
  );
  return new Map(
    rows.map(({ organisation, size, hash, frontier }) => [
      organisation,
      { hash, frontier: { size: toCount(size), roots: frontier } },
    ]),
  );
}

async function write(
  tx: Transaction,
  entries: readonly { readonly row: UnsealedRow; readonly sequence: number; readonly hash: Hash }[],
  grown: ReadonlyMap<string, Growth>,
): Promise<void> {
  const hex = (hash: Hash) => hash.toString('hex');
  const chain = entries.map(({ row, sequence, hash }) => ({
    organisation: row.organisation_id,
    sequence,
    position: row.position,
    event: row.event_id,
    stream: row.stream_id,
    version: row.version,
    hash: hex(hash),
  }));
  const tips = [...grown].map(([organisation, { tip, at }]) => ({
    organisation,
    size: tip.frontier.size,
    hash: hex(tip.hash!),
    frontier: tip.frontier.roots.map(hex),
    ...at,
  }));
  const nodes = [...grown].flatMap(([organisation, growth]) =>
    growth.nodes.map(({ level, index, hash }) => ({ organisation, level, index, hash: hex(hash) })),
  );
  await tx.execute(sealSql, [JSON.stringify(chain), JSON.stringify(tips), JSON.stringify(nodes)]);
}

/** Signs what has grown since it was signed, some tenants at a time. Answers how many. */
async function signHeads(tx: Transaction, signer: HeadSigner): Promise<number> {
  const tips = await tx.rows<{ organisation: string; size: string; frontier: Buffer[] }>(
    `select organisation_id as organisation, size::text as size, frontier
     from event_chain_tip where signed_size < size order by organisation_id limit $1`,
    [signLimit],
  );
  if (tips.length === 0) return 0;
  const heads = await Promise.all(
    tips.map(({ organisation, size, frontier }) => {
      const tree = { size: toCount(size), roots: frontier };
      return signTreeHead(signer, organisation, { size: tree.size, root: frontierRoot(tree) });
    }),
  );
  await tx.execute(
    `with signed as (
       insert into event_chain_head (organisation_id, size, key_id, log, root, signed_at, signature)
       select "organisationId", size, "keyId", log, root, "signedAt", signature from jsonb_to_recordset($1::jsonb) as head
         ("organisationId" uuid, size bigint, "keyId" text, log text, root text, "signedAt" timestamptz, signature text)
       on conflict do nothing
     )
     update event_chain_tip set signed_size = head.size
     from jsonb_to_recordset($1::jsonb) as head ("organisationId" uuid, size bigint)
     where organisation_id = "organisationId"`,
    [JSON.stringify(heads)],
  );
  return heads.length;
}
