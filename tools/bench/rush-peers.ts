import { newUuid } from '@marquee/kernel';
import pg from 'pg';
import type { Buy, Sale } from './rush-world.ts';

/**
 * How others sell a ticket, on the same server with the same durability, each request in a transaction of its own over 16
 * connections: no more do well on two cores. A sale writes what it must to be one: the taken place, a reservation with
 * its buyer and lines, and an event for the outbox. That is less than ours (no idempotency key, no tenants, one index
 * where our log has seven), and statements are prepared and merged where the pattern allows it: the peers are shown
 * from their best side.
 */
export type Peer = {
  readonly name: string;
  readonly buy: Buy;
  prepare(sale: Sale, places: number): Promise<void>;
  count(sale: Sale): Promise<number>;
};

export const peerTables = `
  create table pool (id uuid primary key, size integer not null, taken integer not null default 0)
    with (fillfactor = 50);
  create table place (id uuid primary key, pool_id uuid not null, status text not null default 'FREE')
    with (fillfactor = 70);
  create index place_free on place (pool_id) where status = 'FREE';
  create table reservation (id uuid primary key, pool_id uuid not null, place_id uuid, buyer text not null,
    lines jsonb not null, total bigint not null, currency text not null, expires_at timestamptz not null,
    created_at timestamptz not null default now());
  create unique index reservation_place on reservation (pool_id, place_id);
  create table outbox (id bigint generated always as identity primary key, event_id uuid not null, type text not null,
    data jsonb not null, created_at timestamptz not null default now());`;

const reserve = `with reserved as (
    insert into reservation (id, pool_id, place_id, buyer, lines, total, currency, expires_at)
    values ($1, $2, $3, $4, $5, 4500, 'EUR', now() + interval '10 minutes'))
  insert into outbox (event_id, type, data) values ($6, 'hold-placed', $7)`;

type Run = (name: string, sql: string, values: readonly unknown[]) => Promise<pg.QueryResult>;

function transaction(pool: pg.Pool, work: (run: Run) => Promise<boolean>): Promise<boolean> {
  return pool.connect().then(async (client) => {
    try {
      await client.query('begin');
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

function writeSale(run: Run, sale: Sale, placeId: string | null): Promise<pg.QueryResult> {
  const [id, buyer] = [newUuid(), `user:${newUuid()}`];
  const lines = [
    {
      ticketTypeId: sale.ticketTypeId,
      quantity: 1,
      unitPriceMinor: '4500',
      seatIds: placeId ? [placeId] : [],
    },
  ];
  const data = {
    holdId: id,
    occurrenceId: sale.occurrenceId,
    quantity: 1,
    lines,
    total: { amountMinor: '4500', currency: 'EUR' },
  };
  return run('reserve', reserve, [
    id,
    sale.occurrenceId,
    placeId,
    buyer,
    JSON.stringify(lines),
    newUuid(),
    JSON.stringify(data),
  ]);
}

/** pretix: advisory locks in order, then a count of what is left, then the sale. The count is a counter here. */
function advisoryLocks(pool: pg.Pool): Buy {
  return (sale, seatId) =>
    transaction(pool, async (run) => {
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
      await writeSale(run, sale, seatId);
      return true;
    });
}

function selectForUpdate(pool: pg.Pool): Buy {
  return (sale, seatId) =>
    transaction(pool, async (run) => {
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
      await writeSale(run, sale, seatId);
      return true;
    });
}

/** alf.io: a row for each ticket, of which the next that nobody has locked is taken. */
function skipLocked(pool: pg.Pool): Buy {
  const next = `update place set status = 'TAKEN' where id = (
    select id from place where pool_id = $1 and status = 'FREE' limit 1 for update skip locked) returning id`;
  const chosen = `update place set status = 'TAKEN' where id = (
    select id from place where id = $1 and status = 'FREE' for update skip locked) returning id`;
  return (sale, seatId) =>
    transaction(pool, async (run) => {
      const { rows } =
        seatId === null
          ? await run('next', next, [sale.occurrenceId])
          : await run('chosen', chosen, [seatId]);
      const [place] = rows as { id: string }[];
      if (!place) return false;
      await writeSale(run, sale, place.id);
      return true;
    });
}

export function peers(pool: pg.Pool): Peer[] {
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
    count: async ({ occurrenceId }: Sale) => {
      const { rows } = await pool.query(
        'select count(*)::integer as sold from reservation where pool_id = $1',
        [occurrenceId],
      );
      return (rows[0] as { sold: number }).sold;
    },
  };
  return [
    { name: 'advisory locks (pretix)', buy: advisoryLocks(pool), ...rest },
    { name: 'SELECT FOR UPDATE', buy: selectForUpdate(pool), ...rest },
    { name: 'SKIP LOCKED rows (alf.io)', buy: skipLocked(pool), ...rest },
  ];
}
