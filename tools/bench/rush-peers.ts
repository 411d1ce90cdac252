import { createHash } from 'node:crypto';
import { newUuid } from '@marquee/kernel';
import type pg from 'pg';
import type { Buy, PeerWorld, Sale } from './rush-world.ts';

/**
 * How others judge who gets the last ticket, each request in a transaction of its own over 16 connections: more do no
 * better on two cores. What a sale writes is the same as with ours, into the same tables with the same indexes: the
 * idempotency key and its answer, the hold, the claim and the event with its stream, in one prepared statement. So the
 * patterns are compared, and not what is kept of a sale; each is written as tersely as it allows.
 */
export type Peer = {
  readonly name: string;
  readonly buy: Buy;
  prepare(sale: Sale, places: number): Promise<void>;
};

export const peerTables = `
  create table pool (id uuid primary key, size integer not null, taken integer not null default 0)
    with (fillfactor = 50);
  create table place (id uuid primary key, pool_id uuid not null, status text not null default 'FREE')
    with (fillfactor = 70);
  create index place_free on place (pool_id) where status = 'FREE';`;

const writeSql = `with keyed as (
    insert into idempotency_key (organisation_id, subject, operation, key, request_hash, outcome)
    values ($1, $2, 'holdTickets', $3, $4, $5)
  ), held as (
    insert into hold (organisation_id, id, occurrence_id, status, lines, quantity, total_minor, currency, placed_by,
                      expires_at)
    values ($1, $6, $7, 'ACTIVE', $8, 1, 4500, 'EUR', $2, $9)
  ), claimed as (
    insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
    values ($1, $6, $10, $7, 1, $9)
  ), streamed as (
    insert into event_stream (organisation_id, stream_id, version, last_tx) values ($1, $11, 1, pg_current_xact_id())
  )
  insert into event_log (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor)
  values ($12, $1, $11, 1, 'tickets.hold-placed.v1', $13, $14, $2)`;

type Run = (name: string, sql: string, values: readonly unknown[]) => Promise<pg.QueryResult>;

function transaction(
  { pool, organisationId }: PeerWorld,
  work: (run: Run) => Promise<boolean>,
): Promise<boolean> {
  return pool.connect().then(async (client) => {
    try {
      await client.query(`begin; set local marquee.organisation_id = '${organisationId}'`);
      const sold = await work((name, text, values) => client.query({ name, text, values: [...values] }));
      await client.query(sold ? 'commit' : 'rollback');
      return sold;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  });
}

function writeSale(
  run: Run,
  { organisationId }: PeerWorld,
  sale: Sale,
  seatId: string | null,
): Promise<unknown> {
  const { occurrenceId, ticketTypeId } = sale;
  const [id, buyer, expiresAt] = [newUuid(), `user:${newUuid()}`, new Date(Date.now() + 600_000)];
  const seatIds = seatId === null ? [] : [seatId];
  const lines = [{ ticketTypeId, quantity: 1, unitPriceMinor: '4500', seatIds }];
  const data = {
    holdId: id,
    occurrenceId,
    quantity: 1,
    lines: [{ ticketTypeId, quantity: 1, seatIds }],
    expiresAt,
  };
  const total = { amountMinor: '4500', currency: 'EUR' };
  const hash = createHash('sha256').update(JSON.stringify({ occurrenceId, lines })).digest('hex');
  return run('write-sale', writeSql, [
    organisationId,
    buyer,
    newUuid(),
    hash,
    JSON.stringify({ value: id }),
    id,
    occurrenceId,
    JSON.stringify(lines),
    expiresAt,
    sale.quotaId,
    `hold-${id}`,
    newUuid(),
    JSON.stringify({ ...data, total }),
    newUuid(),
  ]);
}

/** pretix: advisory locks in order, then a count of what is left, then the sale. The count is a counter here. */
function advisoryLocks(world: PeerWorld): Buy {
  return (sale, seatId) =>
    transaction(world, async (run) => {
      await run('lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        seatId ?? sale.occurrenceId,
      ]);
      if (seatId === null) {
        const { rows } = await run('left', 'select size - taken as available from pool where id = $1', [
          sale.occurrenceId,
        ]);
        if ((rows[0] as { available: number }).available < 1) return false;
        await run('take', 'update pool set taken = taken + 1 where id = $1', [sale.occurrenceId]);
      } else {
        const { rows } = await run('free', `select status from place where id = $1`, [seatId]);
        if ((rows[0] as { status: string }).status !== 'FREE') return false;
        await run('take-place', `update place set status = 'TAKEN' where id = $1`, [seatId]);
      }
      await writeSale(run, world, sale, seatId);
      return true;
    });
}

function selectForUpdate(world: PeerWorld): Buy {
  return (sale, seatId) =>
    transaction(world, async (run) => {
      if (seatId === null) {
        const { rows } = await run(
          'locked',
          'select size - taken as available from pool where id = $1 for update',
          [sale.occurrenceId],
        );
        if ((rows[0] as { available: number }).available < 1) return false;
        await run('take', 'update pool set taken = taken + 1 where id = $1', [sale.occurrenceId]);
      } else {
        const { rows } = await run('locked-place', 'select status from place where id = $1 for update', [
          seatId,
        ]);
        if ((rows[0] as { status: string }).status !== 'FREE') return false;
        await run('take-place', `update place set status = 'TAKEN' where id = $1`, [seatId]);
      }
      await writeSale(run, world, sale, seatId);
      return true;
    });
}

/** alf.io: a row for each ticket, of which the next that nobody has locked is taken. */
function skipLocked(world: PeerWorld): Buy {
  const next = `update place set status = 'TAKEN' where id = (
    select id from place where pool_id = $1 and status = 'FREE' limit 1 for update skip locked) returning id`;
  const chosen = `update place set status = 'TAKEN' where id = (
    select id from place where id = $1 and status = 'FREE' for update skip locked) returning id`;
  return (sale, seatId) =>
    transaction(world, async (run) => {
      const { rows } =
        seatId === null
          ? await run('next', next, [sale.occurrenceId])
          : await run('chosen', chosen, [seatId]);
      const [place] = rows as { id: string }[];
      if (!place) return false;
      await writeSale(run, world, sale, seatId);
      return true;
    });
}

export function peers(world: PeerWorld): Peer[] {
  const { pool } = world;
  const rest = {
    prepare: async ({ occurrenceId, seatIds }: Sale, places: number) => {
      await pool.query('insert into pool (id, size) values ($1, $2)', [occurrenceId, places]);
      const ids = seatIds.length > 0 ? seatIds : Array.from({ length: places }, () => newUuid());
      await pool.query('insert into place (id, pool_id) select id, $1 from unnest($2::uuid[]) as id', [
        occurrenceId,
        ids,
      ]);
      await pool.query('analyze place');
    },
  };
  return [
    { name: 'advisory locks (pretix)', buy: advisoryLocks(world), ...rest },
    { name: 'SELECT FOR UPDATE', buy: selectForUpdate(world), ...rest },
    { name: 'SKIP LOCKED rows (alf.io)', buy: skipLocked(world), ...rest },
  ];
}
