import type { KeyObject } from 'node:crypto';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import type { LogPosition } from '../read-all.ts';
import { sealedUpTo } from './seal.ts';
import type { SignedTreeHead } from './tree-head.ts';
import { isEarlier, type LogFault } from './log-fault.ts';
import { verifyChain } from './verify-chain.ts';
import { scanOrder } from './verify-order.ts';

export type VerifyOptions = {
  /** One tenant's log alone; default all. */
  readonly organisationId?: string;
  /** Whose signatures count. Without keys the heads in the database are not looked at. */
  readonly publicKeys?: readonly KeyObject[];
  /**
   * Heads kept elsewhere. Who can rewrite the log can rewrite chain and heads beside it, or cut off all three; against
   * that only a head helps that is out of his reach.
   */
  readonly witnessed?: readonly SignedTreeHead[];
  /** Called after each page, with how many events have been hashed so far. */
  readonly onProgress?: (events: number) => void;
  /** Events a page, each page a short transaction; default 1,000. */
  readonly pageSize?: number;
};

export type VerifiedLog = {
  readonly ok: boolean;
  /** The first fault of each tenant that has one, in the order of the log. */
  readonly faults: readonly LogFault[];
  /** Sealed events whose hashes were computed anew. */
  readonly events: number;
  /** Signed heads that were checked. */
  readonly heads: number;
  /** Appended and not sealed yet, so not verified; at most 10,000 are counted. */
  readonly unsealed: number;
};

const countedUnsealed = 10_000;

/**
 * Computes the hash of every sealed event anew and names, for each tenant, the first row that was altered, is missing,
 * was put in between or was moved. Streams: memory does not grow with the log. Reads only, in short transactions, beside
 * appends and the sealing pass; what is sealed after it began is left for the next time.
 */
export async function verifyLog(database: Database, options: VerifyOptions = {}): Promise<VerifiedLog> {
  const { organisationId = null } = options;
  const { upTo, tenants, unsealed } = await database.transaction(
    systemScope,
    (tx) => survey(tx, organisationId),
    {
      isolation: 'repeatable read',
      readOnly: true,
    },
  );
  const witnesses = Map.groupBy(options.witnessed ?? [], (head) => head.organisationId);
  const named = new Set([...tenants.keys(), ...(organisationId ? [organisationId] : witnesses.keys())]);

  const firstOf = new Map<string, LogFault>();
  const note = (fault: LogFault) => {
    const known = firstOf.get(fault.organisationId);
    if (!known || isEarlier(fault, known)) firstOf.set(fault.organisationId, fault);
  };
  for (const fault of await scanOrder(database, upTo, organisationId)) note(fault);
  let [events, heads] = [0, 0];
  for (const tenant of [...named].toSorted()) {
    const chain = await verifyChain(database, tenant, {
      size: tenants.get(tenant) ?? 0,
      publicKeys: options.publicKeys ?? [],
      witnessed: witnesses.get(tenant) ?? [],
      pageSize: options.pageSize ?? 1_000,
      onPage: (count) => options.onProgress?.(events + count),
    });
    events += chain.events;
    heads += chain.heads;
    if (chain.fault) note(chain.fault);
  }
  const faults = [...firstOf.values()].toSorted((one, other) => (isEarlier(one, other) ? -1 : 1));
  return { ok: faults.length === 0, faults, events, heads, unsealed };
}

type Survey = {
  readonly upTo: LogPosition;
  /** How many events of each tenant are sealed; 0 where all but a head is gone. */
  readonly tenants: ReadonlyMap<string, number>;
  readonly unsealed: number;
};

/** Of one moment, so that tips, chain and log agree. */
async function survey(tx: Transaction, organisationId: string | null): Promise<Survey> {
  const upTo = await sealedUpTo(tx);
  const tips = await tx.rows<{ organisation: string; size: string }>(
    `select organisation_id as organisation, coalesce(event_chain_tip.size, 0)::text as size
     from (select organisation_id from event_chain_tip union select organisation_id from event_chain_head) as known
     left join event_chain_tip using (organisation_id)
     where $1::uuid is null or organisation_id = $1`,
    [organisationId],
  );
  const [open] = await tx.rows<{ count: string }>(
    `select count(*)::text as count from (
       select from event_log
       where (event_log.tx, global_position) > ($1::xid8, $2::bigint) and ($3::uuid is null or organisation_id = $3)
       limit ${countedUnsealed}
     ) as waiting`,
    [upTo.tx, upTo.position, organisationId],
  );
  return {
    upTo,
    tenants: new Map(tips.map((tip) => [tip.organisation, Number(tip.size)])),
    unsealed: Number(open?.count ?? 0),
  };
}
