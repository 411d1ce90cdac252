import { afterEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newUuid, type Outcome } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { createWorld, newViewer, violations, type World } from '../harness.test-support.ts';

/**
 * Every race runs twice: as it is, and with its guard taken away, where it must go wrong. A harness that cannot be
 * made to fail proves nothing (pretix tests its quotas like this).
 */
export type Guard = {
  /** Where all of them meet before any goes on, so that the race is run every time and not by luck. */
  readonly meet?: { readonly before: string | readonly string[]; readonly parties: number };
  /** Pieces of SQL statements and what stands in their place once the guard is gone. */
  readonly statements?: readonly (readonly [string, string])[];
  /** What else in the database would catch it, run by the owner. */
  readonly schema?: readonly string[];
};

export type Race = {
  readonly guarded: boolean;
  readonly world: World;
  /** The same world for what leads up to the race: nobody is there to meet yet, and every guard stands. */
  readonly unmet: World;
};

const open: Race[] = [];
afterEach(async () => {
  for (const { unmet } of open.splice(0)) await unmet.drop();
});

export async function createRace(guard: Guard, guarded: boolean): Promise<Race> {
  const unmet = await createWorld({ poolSize: 24, paymentTimeoutMs: 60_000 });
  const database = interfere(unmet.database, guarded ? [] : (guard.statements ?? []), guard.meet);
  const race = { guarded, unmet, world: { ...unmet, database, services: { ...unmet.services, database } } };
  open.push(race);
  if (guarded) return race;
  const owner = new pg.Client({ connectionString: unmet.test.ownerUrl });
  await owner.connect();
  for (const sql of guard.schema ?? []) await owner.query(sql);
  await owner.end();
  return race;
}

/** The same database, with pieces of its statements exchanged and a place where transactions meet. */
function interfere(
  database: Database,
  pieces: NonNullable<Guard['statements']>,
  meet: Guard['meet'],
): Database {
  const exchange = (sql: string) =>
    pieces.reduce((text, [guard, instead]) => text.replace(guard, instead), sql);
  const meeting = meet && createMeeting(meet.parties);
  const wrap = (tx: Transaction): Transaction => {
    let met = false;
    const arrive = async (sql: string) => {
      if (met || !meet || ![meet.before].flat().some((piece) => sql.includes(piece))) return;
      met = true;
      await meeting!();
    };
    return {
      ...tx,
      rows: async (sql, parameters, options) => {
        const weak = exchange(sql);
        await arrive(weak);
        return tx.rows(weak, parameters, weak === sql ? options : {});
      },
      execute: async (sql, parameters) => {
        await arrive(sql);
        return tx.execute(exchange(sql), parameters);
      },
    };
  };
  return {
    ...database,
    transaction: (scope, work, options) => database.transaction(scope, (tx) => work(wrap(tx)), options),
    decide: (scope, work, options) => database.decide(scope, (tx) => work(wrap(tx)), options),
    read: (scope, work) => database.read(scope, (tx) => work(wrap(tx))),
  };
}

/** Resolves for everyone once the last party has come; those who come later need not wait. */
function createMeeting(parties: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = parties;
  return () => {
    missing -= 1;
    if (missing <= 0) resolve();
    return promise;
  };
}

export const guest = ({ viewer }: World): Viewer =>
  newViewer('GUEST', viewer.organisationId, `${newUuid()}@example.com`);

export const times = <T>(count: number, work: (place: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, place) => work(place)));

/** How many were accepted. A fault (a constraint that caught what a guard did not) is not an acceptance. */
export function acceptedOf(results: readonly PromiseSettledResult<Outcome<unknown>>[]): number {
  return results.filter((result) => result.status === 'fulfilled' && result.value.ok).length;
}

export async function brokenNumbers(world: World): Promise<number[]> {
  return [...new Set((await violations(world)).map(({ number }) => number))];
}

const timeoutMs = 60_000;

/** One test with the guard and one without. */
export function describeRace(name: string, guard: Guard, run: (race: Race) => Promise<void>): void {
  const goesRight = async () => {
    const race = await createRace(guard, true);
    await run(race);
    expect(await violations(race.unmet)).toEqual([]);
  };
  const goesWrong = async () => run(await createRace(guard, false));
  describe(name, () => {
    test('goes right', goesRight, timeoutMs);
    test('goes wrong without its guard', goesWrong, timeoutMs);
  });
}
