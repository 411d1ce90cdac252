import type { KeyObject } from 'node:crypto';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { eventColumns, toStoredEvent, type EventRow, type StoredEvent } from '../row.ts';
import { chainStart, followChain, toCount, type ChainTip } from './chain-tip.ts';
import { hashEvent } from './event-hash.ts';
import { frontierRoot } from './frontier.ts';
import type { LogFault, LogFaultKind } from './log-fault.ts';
import type { Hash } from './merkle.ts';
import { readTreeHeads } from './proofs.ts';
import { loadTips } from './seal.ts';
import { verifyTreeHead, type SignedTreeHead } from './tree-head.ts';

type ChainOptions = {
  /** How many events are sealed, by the tip. */
  readonly size: number;
  readonly publicKeys: readonly KeyObject[];
  readonly witnessed: readonly SignedTreeHead[];
  readonly pageSize: number;
  readonly onPage: (events: number) => void;
};

type VerifiedChain = { readonly fault: LogFault | null; readonly events: number; readonly heads: number };

/** An entry of the chain, with the row it was made of where that is still there. */
type Entry = {
  readonly sequence: number;
  readonly position: string;
  readonly eventId: string;
  readonly streamId: string;
  readonly version: number;
  readonly hash: Hash;
  readonly event: StoredEvent | null;
};

/** Walks one tenant's chain from its beginning until the first fault. */
export async function verifyChain(
  database: Database,
  organisationId: string,
  options: ChainOptions,
): Promise<VerifiedChain> {
  const { size, publicKeys, pageSize, onPage } = options;
  const inScope = <T>(work: (tx: Transaction) => Promise<T>) => database.read(systemScope, work);
  const witnessed = options.witnessed.toSorted((one, other) => one.size - other.size);
  let tip: ChainTip = chainStart;
  let [last, heads]: [Entry | null, number] = [null, 0];
  const failed = (fault: LogFault): VerifiedChain => ({ fault, events: tip.frontier.size, heads });
  const about = (kind: LogFaultKind, differs: string, entry: Entry | null): LogFault =>
    faultOf(kind, organisationId, differs, entry);

  while (tip.frontier.size < size) {
    const from = tip.frontier.size;
    const [entries, signed] = await inScope(async (tx) => [
      await readEntries(tx, organisationId, from, Math.min(size, from + pageSize)),
      await headsWithin(tx, organisationId, publicKeys, from + 1, from + pageSize),
    ]);
    const expectedHeads = [...signed, ...witnessed.filter((head) => head.size > from)];
    for (const entry of entries) {
      if (entry.sequence !== tip.frontier.size) break;
      const found = examine(tip.hash, entry, organisationId);
      if (found) return failed(await inScope((tx) => blame(tx, found, organisationId)));
      tip = followChain(tip, entry.hash).tip;
      last = entry;
      for (const head of expectedHeads.filter((each) => each.size === tip.frontier.size)) {
        heads++;
        const differs = examineHead(head, tip, publicKeys);
        if (differs) return failed(about('head', differs, entry));
      }
    }
    onPage(tip.frontier.size);
    if (tip.frontier.size < Math.min(size, from + pageSize))
      return failed(about('chain', `the chain's entry ${tip.frontier.size} is missing`, last));
  }
  const end = await inScope((tx) => examineEnd(tx, organisationId, tip, options));
  return end ? failed(about(end.kind, end.differs, last)) : { fault: null, events: tip.frontier.size, heads };
}

function faultOf(kind: LogFaultKind, organisationId: string, differs: string, entry: Entry | null): LogFault {
  const { position = null, sequence = null, eventId = null, streamId = null, version = null } = entry ?? {};
  return { kind, organisationId, position, sequence, eventId, streamId, version, differs };
}

/** `computed` is the row's own hash where that is not the entry's. */
type Found = { readonly fault: LogFault; readonly entry: Entry; readonly computed: Hash | null };

function examine(previous: Hash | null, entry: Entry, organisationId: string): Found | null {
  const { event } = entry;
  if (!event) {
    const fault = faultOf('missing', organisationId, 'the row is not in the log', entry);
    return { fault, entry, computed: null };
  }
  const names = [
    event.organisationId === organisationId ? null : 'organisation_id',
    event.id === entry.eventId ? null : 'event_id',
    event.streamId === entry.streamId ? null : 'stream_id',
    event.version === entry.version ? null : 'version',
  ].filter((name) => name !== null);
  const computed = tryHash(previous, event);
  const isAsSealed = computed?.equals(entry.hash) ?? false;
  if (names.length === 0 && isAsSealed) return null;
  if (isAsSealed) {
    const differs = `the chain's own record of its ${names.join(', ')}`;
    return { fault: faultOf('chain', organisationId, differs, entry), entry, computed: null };
  }
  const differs =
    names.length > 0 ? names.join(', ') : 'its content (type, data, time, correlation or actor)';
  return { fault: faultOf('altered', organisationId, differs, entry), entry, computed };
}

function tryHash(previous: Hash | null, event: StoredEvent): Hash | null {
  try {
    return hashEvent(previous, event);
  } catch {
    return null; // No append writes what has no canonical form.
  }
}

/** Where hashes differ, the entry behind knows which is right: it was made from the hash as it was then. */
async function blame(
  tx: Transaction,
  { fault, entry, computed }: Found,
  organisationId: string,
): Promise<LogFault> {
  if (!computed) return fault;
  const [next] = await readEntries(tx, organisationId, entry.sequence + 1, entry.sequence + 2);
  const isRowRight = next?.event ? tryHash(computed, next.event)?.equals(next.hash) : false;
  return isRowRight ? { ...fault, kind: 'chain', differs: "the chain's own record of its hash" } : fault;
}

function examineHead(head: SignedTreeHead, tip: ChainTip, publicKeys: readonly KeyObject[]): string | null {
  if (!verifyTreeHead(head, publicKeys)) return `no known key has signed the head of ${head.size} events`;
  if (head.root === frontierRoot(tip.frontier).toString('hex')) return null;
  return `the head signed for the first ${head.size} events has another root: the chain was made anew`;
}

/** What the walk itself does not see: a tip that says otherwise, and heads of more than there is. */
async function examineEnd(
  tx: Transaction,
  organisationId: string,
  tip: ChainTip,
  { size, publicKeys, witnessed }: ChainOptions,
): Promise<{ readonly kind: LogFaultKind; readonly differs: string } | null> {
  const stored = (await loadTips(tx, [organisationId])).get(organisationId);
  // The sealing pass may have gone on since; then the tip is another one.
  if (stored?.frontier.size === size && (!tip.hash?.equals(stored.hash) || !sameRoot(stored, tip)))
    return { kind: 'chain', differs: 'the end of the chain has another hash than its tip' };
  const beyond = witnessed.find((head) => head.size > (stored?.frontier.size ?? 0));
  const [further] =
    publicKeys.length > 0 ? await readTreeHeads(tx, organisationId, { fromSize: size + 1, limit: 1 }) : [];
  const unmet = beyond ?? (further && further.size > (stored?.frontier.size ?? 0) ? further : undefined);
  if (!unmet) return null;
  return {
    kind: 'head',
    differs: `a head was signed for ${unmet.size} events, the chain has ${size}: its end is cut off`,
  };
}

const sameRoot = (one: ChainTip, other: ChainTip) =>
  frontierRoot(one.frontier).equals(frontierRoot(other.frontier));

async function headsWithin(
  tx: Transaction,
  organisationId: string,
  publicKeys: readonly KeyObject[],
  fromSize: number,
  toSize: number,
): Promise<SignedTreeHead[]> {
  if (publicKeys.length === 0) return [];
  // One key signs a size once; rotating keys, a few may.
  const heads = await readTreeHeads(tx, organisationId, { fromSize, limit: 4 * (toSize - fromSize + 1) });
  return heads.filter((head) => head.size <= toSize);
}

type EntryRow = Omit<EventRow, 'event_id'> & {
  readonly event_id: string | null;
  readonly sequence: string;
  readonly position: string;
  readonly eventId: string;
  readonly streamId: string;
  readonly sealedVersion: number;
  readonly hash: Buffer;
};

async function readEntries(
  tx: Transaction,
  organisationId: string,
  from: number,
  to: number,
): Promise<Entry[]> {
  const columns = eventColumns.split(', ').map((column) => `event_log.${column}`);
  const rows = await tx.rows<EntryRow>(
    `select ${columns.join(', ')}, entry.sequence::text as sequence, entry.position::text as position,
       entry.event_id as "eventId", entry.stream_id as "streamId", entry.version as "sealedVersion", entry.hash
     from event_chain entry
     left join event_log on event_log.event_id = entry.event_id and global_position = entry.position
     where entry.organisation_id = $1 and entry.sequence >= $2 and entry.sequence < $3
     order by entry.sequence`,
    [organisationId, from, to],
  );
  const entries = rows.map((row) => ({
    sequence: toCount(row.sequence),
    position: row.position,
    eventId: row.eventId,
    streamId: row.streamId,
    version: row.sealedVersion,
    hash: row.hash,
    event: row.event_id === null ? null : toStoredEvent({ ...row, event_id: row.event_id }),
  }));
  // The walk ends at the first of them, whatever it turns out to be.
  const index = entries.findIndex(({ event }) => event === null);
  return index < 0 ? entries : entries.with(index, await renamed(tx, entries[index]!));
}

/**
 * An entry whose event is not there under its id, with what stands in its place instead. There is no index on places
 * alone, so this reads the log from end to end: once, for a log that was tampered with.
 */
async function renamed(tx: Transaction, entry: Entry): Promise<Entry> {
  await tx.execute(`set local statement_timeout = '30min'`);
  await tx.execute(`set local transaction_timeout = '30min'`);
  const [row] = await tx.rows<EventRow>(`select ${eventColumns} from event_log where global_position = $1`, [
    entry.position,
  ]);
  return { ...entry, event: row ? toStoredEvent(row) : null };
}
