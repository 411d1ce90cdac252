import { newUuid } from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import type { Role } from '@marquee/subgraph';
import { secretColumns, type StoredSecret } from '../signing/secrets.ts';

/** What a worker has taken on itself, with all that it needs to make one attempt. */
export type Claimed = {
  readonly organisationId: string;
  readonly id: string;
  readonly claim: string;
  /** Tries of the present round of the schedule, before this one. */
  readonly tries: number;
  readonly attempts: number;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly envelope: string;
  readonly url: string;
  readonly selection: string | null;
  /** Whose subscription it is; null for an organisation's own. */
  readonly pluginId: string | null;
  readonly role: Role;
  readonly scopes: readonly string[];
  /** Whether the endpoint's breaker is open and this attempt the one that tries it. */
  readonly trial: boolean;
  /** Whether attempts before this one failed. */
  readonly failing: boolean;
  readonly secrets: readonly StoredSecret[];
  /** When the claim was begun, on this process's own clock. */
  readonly claimedAtMs: number;
};

export type ClaimRequest = {
  /** Deliveries at most. */
  readonly room: number;
  /** Deliveries under way to one endpoint, in this process. */
  readonly atOnce: number;
  /** How many of them are, by endpoint. */
  readonly busy: ReadonlyMap<string, number>;
  /** Longer than the longest attempt, its payload included; after it another worker takes over. */
  readonly leaseSeconds: number;
};

/**
 * Takes what is due. Two workers never take the same, and one that dies is followed after the lease. The commit does not
 * wait for the disk: a claim that a crash of PostgreSQL takes back is one that nobody has, as if its worker had died, and
 * what is written down of an attempt carries its claim to the disk with it.
 */
export async function claimDue(database: Database, request: ClaimRequest): Promise<Claimed[]> {
  const claim = newUuid();
  const claimedAtMs = performance.now();
  const work = async (tx: Transaction): Promise<Claimed[]> => {
    const claimed = await tx.rows<Omit<Claimed, 'secrets' | 'claimedAtMs'>>(
      claimSql,
      [
        claim,
        request.room,
        request.atOnce,
        [...request.busy.keys()],
        [...request.busy.values()],
        request.leaseSeconds,
      ],
      { name: 'claim-webhook-deliveries' },
    );
    if (claimed.length === 0) return [];
    const secrets = await tx.rows<StoredSecret>(
      `select ${secretColumns} from webhook_secret s
        where (s.organisation_id, s.endpoint_id) in (select * from unnest($1::uuid[], $2::uuid[]))
          and (s.expires_at is null or s.expires_at > now())
        order by s.expires_at desc nulls first`,
      [claimed.map(({ organisationId }) => organisationId), claimed.map(({ endpointId }) => endpointId)],
      { name: 'webhook-secrets' },
    );
    const byEndpoint = Map.groupBy(secrets, ({ endpointId }) => endpointId);
    return claimed.map((each) => ({
      ...each,
      claimedAtMs,
      secrets: byEndpoint.get(each.endpointId) ?? [],
    }));
  };
  return database.transaction(systemScope, work, { unflushed: true });
}

const somethingDue = `exists (
    select from webhook_delivery d where d.organisation_id = e.organisation_id and d.endpoint_id = e.id
      and d.status = 'PENDING' and d.next_attempt_at <= now())`;

/**
 * By endpoint, so that one with a long backlog takes nothing from the others and is not even walked through while its
 * breaker is open. `tried` and `paced` are the turns that are given once in a while, to whichever worker comes first: the
 * trial of an open breaker, and the next fifth of a second of a rate. Of an endpoint that wants an order only the head of
 * its queue can be taken, and not skipped where another worker holds it: `skip locked` then finds nothing.
 *
 * What is picked is locked until the commit, so that the update asks for it by its key alone: with `status = 'PENDING'` a
 * planner without statistics takes a partial index and walks the organisation's whole backlog for each row (1,100 ms
 * against 20 for 128 of 30,000). The head is judged as it is once it is locked; `|| ''` keeps that index from it, too.
 */
const claimSql = `
with tried as (
  update webhook_endpoint e set blocked_until = now() + make_interval(secs => $6)
  where e.status = 'ACTIVE' and e.breaker = 'OPEN' and e.blocked_until <= now() and ${somethingDue}
  returning e.organisation_id, e.id, e.ordered, 1 as room
), paced as (
  update webhook_endpoint e
  set next_slot_at = now() + make_interval(secs => greatest(1, e.rate_per_second / 5)::float8 / e.rate_per_second)
  where e.status = 'ACTIVE' and e.breaker = 'CLOSED' and e.rate_per_second is not null and e.next_slot_at <= now()
    and ${somethingDue}
  returning e.organisation_id, e.id, e.ordered, greatest(1, e.rate_per_second / 5) as room
), turn as (
  select * from tried union all select * from paced union all
  select e.organisation_id, e.id, e.ordered, $3::int from webhook_endpoint e
  where e.status = 'ACTIVE' and e.breaker = 'CLOSED' and e.rate_per_second is null
), free as (
  select turn.organisation_id, turn.id, turn.ordered, least(turn.room, $3 - coalesce(busy.n, 0)) as room
  from turn left join unnest($4::uuid[], $5::int[]) as busy (id, n) on busy.id = turn.id
  where coalesce(busy.n, 0) < $3
), in_any_order as (
  select d.organisation_id, d.id
  from free cross join lateral (
    select w.organisation_id, w.id from webhook_delivery w
    where w.organisation_id = free.organisation_id and w.endpoint_id = free.id
      and w.status = 'PENDING' and w.next_attempt_at <= now()
    order by w.next_attempt_at limit free.room
    for update skip locked
  ) d
  where not free.ordered
  limit $2
), heads as (
  select d.organisation_id, d.id
  from free cross join lateral (
    select h.id from webhook_delivery h
    where h.organisation_id = free.organisation_id and h.endpoint_id = free.id and h.status = 'PENDING'
    order by h.seq limit 1
  ) head
  join webhook_delivery d on d.organisation_id = free.organisation_id and d.id = head.id
  where free.ordered and d.status || '' = 'PENDING' and d.next_attempt_at <= now()
  limit $2
  for update of d skip locked
), claimed as (
  update webhook_delivery d set claim = $1, next_attempt_at = now() + make_interval(secs => $6)
  from (select * from in_any_order union all select * from heads limit $2) picked
  where d.organisation_id = picked.organisation_id and d.id = picked.id
  returning d.*
)
select c.organisation_id as "organisationId", c.id, c.claim, c.tries, c.attempts, c.endpoint_id as "endpointId",
  c.event_id as "eventId", c.event_type as "eventType", v.envelope, e.url, e.selection,
  e.plugin_id as "pluginId", e.role, e.scopes,
  e.breaker = 'OPEN' as trial, e.failing_since is not null as failing
from claimed c
join webhook_endpoint e on e.organisation_id = c.organisation_id and e.id = c.endpoint_id
join webhook_event v on v.organisation_id = c.organisation_id and v.id = c.event_id
order by c.seq`;
