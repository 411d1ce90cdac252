import { appendMany, streamId, type StreamAppend } from '@marquee/event-log';
import { sqlState, type Transaction } from '@marquee/postgres';

/**
 * The judge of contention: who gets the last place is decided here, by the database, in one guarded statement for each
 * contended row. Everything that takes or gives places goes through this file and locks in this order, so that no two
 * transactions wait for each other:
 *
 *   0. a batch of holds its occurrence's turn (an advisory lock, which batches share until one was overtaken,
 *      and which who asks for the best seats alone has to itself), then
 *      idempotency keys, then ticket types by id: who takes places shares them, who changes prices or quotas of a type
 *      has it alone. A batch takes its keys after the holds that it ends, for it shares all that it has by then.
 *   0½. entries of a waitlist, in the order of their line
 *   1. holds, then orders, then blocks, each by id   1½. the voucher, then limits of a guest by type
 *   2. tickets by id, then their listings by id   2½. the map of the space, shared by who comes late   3. seats by occurrence and id
 *   4. quota buckets by quota and occurrence, or counters of a door by type and gate
 *
 * Buckets come last because they are the hottest: a bucket stays locked only from its update to the commit.
 */
export type QuotaChange = {
  readonly quotaId: string;
  /** Where it is another than the one that the caller moves: a cart has places of several. */
  readonly occurrenceId?: string;
  readonly held: number;
  readonly sold: number;
};

/**
 * Moves a quota's counters. The guard stands in the update itself, so it is judged against the row as it is when its
 * lock is got, whoever committed meanwhile (READ COMMITTED evaluates it anew; measured: 3,125 sales/s against 1,755
 * with SELECT FOR UPDATE first). Changes that only give back pass always.
 */
const moveBucketSql = `
  update quota_bucket set held = held + $3::integer, sold = sold + $4::integer
  where occurrence_id = $1 and quota_id = $2 and ($3::integer + $4::integer <= 0 or held + sold + $3 + $4 <= size)`;

/** Applies all changes, or answers the quota that is short; then the caller must roll back. */
export async function moveBuckets(
  tx: Transaction,
  occurrenceId: string,
  changes: readonly QuotaChange[],
): Promise<{ readonly shortOf: string } | null> {
  for (const { quotaId, occurrenceId: where, held, sold } of mergeChanges(occurrenceId, changes)) {
    const moved = await tx.rows<{ quota_id: string }>(
      `${moveBucketSql} returning quota_id`,
      [where, quotaId, held, sold],
      { name: 'move-bucket' },
    );
    if (moved.length === 0) return { shortOf: quotaId };
  }
  return null;
}

/**
 * `moveBuckets` sent with the commit: where a quota is short the transaction fails (`isOvertaken`). So the buckets stay
 * locked for no longer than the server itself needs, however busy the service is.
 */
export function closeWithBuckets(
  tx: Transaction,
  occurrenceId: string,
  changes: readonly QuotaChange[],
): void {
  for (const { quotaId, occurrenceId: where, held, sold } of mergeChanges(occurrenceId, changes))
    tx.closeWith(
      `with moved as (${moveBucketSql} returning 1)
       select case when not exists (select from moved) then overtaken('places were taken meanwhile') end`,
      [where, quotaId, held, sold],
      { name: 'close-with-bucket' },
    );
}

/** Something was taken between the look and the commit; nothing of the transaction was done. */
export function isOvertaken(error: unknown): boolean {
  return sqlState(error) === 'MQ410';
}

/** One change a bucket, in the order in which buckets are locked. */
function mergeChanges(occurrenceId: string, changes: readonly QuotaChange[]): Required<QuotaChange>[] {
  const merged = new Map<string, Required<QuotaChange>>();
  for (const { quotaId, occurrenceId: where = occurrenceId, held, sold } of changes) {
    const key = `${quotaId} ${where}`;
    const known = merged.get(key) ?? { quotaId, occurrenceId: where, held: 0, sold: 0 };
    merged.set(key, { ...known, held: known.held + held, sold: known.sold + sold });
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

const ensureBucketsSql = `
  insert into quota_bucket (organisation_id, occurrence_id, quota_id, size)
  select organisation_id, $1, id, size from (
    -- Locked, so that a bucket never gets the size that another transaction is just changing.
    select organisation_id, id, size from quota where id = any($2) order by id for share) as quota
  on conflict do nothing`;

/** A quota has no bucket for an occurrence until someone first wants a place of it. */
export async function ensureBuckets(
  tx: Transaction,
  occurrenceId: string,
  quotaIds: readonly string[],
): Promise<void> {
  await tx.execute(ensureBucketsSql, [occurrenceId, quotaIds]);
}

/** `ensureBuckets` sent with the commit, in its turn: who inserts a bucket has it locked, too. */
export function closeWithNewBuckets(
  tx: Transaction,
  occurrenceId: string,
  quotaIds: readonly string[],
): void {
  tx.closeWith(ensureBucketsSql, [occurrenceId, quotaIds]);
}

/**
 * Claims seats for an owner until `expiresAt` (for good when null), taking over what expired. Answers the seats that
 * others have; when there are any the caller must roll back. The unique key is the judge: of two buyers at once the
 * second waits, and then finds the first one's claim.
 */
export async function claimSeats(
  tx: Transaction,
  claim: {
    readonly occurrenceId: string;
    readonly ownerId: string;
    readonly seatIds: readonly string[];
    readonly expiresAt: Date | 'infinity' | null;
  },
): Promise<string[]> {
  if (claim.seatIds.length === 0) return [];
  const rows = await tx.rows<{ seat_id: string }>(
    `insert into seat_claim as taken (organisation_id, occurrence_id, seat_id, owner_id, expires_at)
     select $1, $2, seat_id, $3, $4 from unnest($5::uuid[]) as seat_id order by seat_id
     on conflict (organisation_id, occurrence_id, seat_id) do update
       set owner_id = excluded.owner_id, expires_at = excluded.expires_at
       where taken.expires_at <= now() or taken.owner_id = excluded.owner_id
     returning seat_id`,
    [tx.organisationId, claim.occurrenceId, claim.ownerId, claim.expiresAt, claim.seatIds],
  );
  const claimed = new Set(rows.map((row) => row.seat_id));
  return claim.seatIds.filter((seatId) => !claimed.has(seatId));
}

/** Gives up the owners' claims on quotas (at one occurrence, where told) and answers the counters to move. */
export async function releaseQuotas(
  tx: Transaction,
  ownerIds: readonly string[],
  occurrenceId: string | null = null,
): Promise<QuotaChange[]> {
  const rows = await tx.rows<{ quota_id: string; occurrence_id: string; quantity: number; sold: boolean }>(
    `delete from quota_claim where owner_id = any($1) and ($2::uuid is null or occurrence_id = $2)
     returning quota_id, occurrence_id, quantity, expires_at is null as sold`,
    [ownerIds, occurrenceId],
  );
  return rows.map(({ quota_id: quotaId, occurrence_id, quantity, sold }) => ({
    quotaId,
    occurrenceId: occurrence_id,
    held: sold ? 0 : -quantity,
    sold: sold ? -quantity : 0,
  }));
}

/** Gives up the seats that an owner still has (at one occurrence, where told). */
export async function releaseSeats(
  tx: Transaction,
  ownerId: string,
  occurrenceId: string | null = null,
): Promise<void> {
  await tx.execute(
    `delete from seat_claim where owner_id = $1 and (occurrence_id, seat_id) in (
       select occurrence_id, seat_id from seat_claim where owner_id = $1 and ($2::uuid is null or occurrence_id = $2)
       order by occurrence_id, seat_id for update)`,
    [ownerId, occurrenceId],
  );
}

/**
 * Claims on seats that expired are worthless already, for anyone may take them over: this only tidies up. What others
 * are working on is left out.
 */
export async function dropExpiredSeatClaims(tx: Transaction, limit: number): Promise<number> {
  return tx.execute(
    `delete from seat_claim where ctid in (
       select ctid from seat_claim where expires_at <= now() - interval '1 minute'
       limit $1 for update skip locked)`,
    [limit],
  );
}

type Expired = { readonly id: string; readonly quantity: number };

/** Owners taken back at once at most; a rush of expiries is worked off in several goes. */
export const reclaimLimit = 500;

/**
 * Ends holds and unpaid orders of this occurrence whose time is over, and answers the counters to move. `wait: false`
 * leaves out what others are just working on (the sweeper's way); a buyer who would be refused waits for it instead.
 */
export async function reclaimExpired(
  tx: Transaction,
  occurrenceId: string,
  { wait }: { readonly wait: boolean },
): Promise<{ readonly count: number; readonly changes: QuotaChange[] }> {
  const lock = wait ? 'for update' : 'for update skip locked';
  const holds = await tx.rows<Expired>(
    `update hold set status = 'EXPIRED' where id in (
       select id from hold where occurrence_id = $1 and status = 'ACTIVE' and expires_at <= now()
       order by id limit ${reclaimLimit} ${lock})
     returning id, quantity`,
    [occurrenceId],
  );
  // Of a cart all places come back, wherever they are.
  const orders = await tx.rows<{ id: string }>(
    `update ticket_order set status = 'EXPIRED' where id in (
       select id from ticket_order o where status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and expires_at <= now()
         -- With a deposit paid it keeps its places until it is paid up or defaults.
         and paid_minor = 0 and exists (
         select from order_part p where p.order_id = o.id and p.occurrence_id = $1)
       order by id limit ${reclaimLimit} ${lock})
     returning id`,
    [occurrenceId],
  );
  if (holds.length + orders.length === 0) return { count: 0, changes: [] };
  await appendMany(tx, [
    ...holds.map(({ id, quantity }) => ({
      streamId: streamId('hold', id),
      events: [{ type: 'tickets.hold-expired.v1' as const, data: { holdId: id, occurrenceId, quantity } }],
    })),
    ...(await expiredOrderEvents(
      tx,
      orders.map(({ id }) => id),
    )),
  ]);
  // Their seats stay where they are: deleting them here would lock seats out of order, and anyone may take them over.
  const changes = await releaseQuotas(
    tx,
    [...holds, ...orders].map(({ id }) => id),
  );
  return { count: holds.length + orders.length, changes };
}

/** Each order's places are told of occurrence by occurrence, as they were when it was placed. */
async function expiredOrderEvents(tx: Transaction, orderIds: readonly string[]): Promise<StreamAppend[]> {
  if (orderIds.length === 0) return [];
  const parts = await tx.rows<{ order_id: string; occurrence_id: string; quantity: number }>(
    'select order_id, occurrence_id, quantity from order_part where order_id = any($1) order by order_id, place',
    [orderIds],
  );
  return [...Map.groupBy(parts, (part) => part.order_id)].map(([orderId, own]) => ({
    streamId: streamId('order', orderId),
    events: own.map(({ occurrence_id: occurrenceId, quantity }) => ({
      type: 'tickets.order-expired.v1' as const,
      data: { orderId, occurrenceId, quantity },
    })),
  }));
}
