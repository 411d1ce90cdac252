// A saga: several steps that end well or are undone, whatever process dies in between.
import { accept, newUuid, refuse } from '@marquee/kernel';
import { tenantTable, type Transaction } from '@marquee/postgres';
import { carryOut, defineSaga, readSaga, sagaMigrations, startSaga, startSagaWorkers } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { createWorld, until } from './world.ts';

type Rental = {
  State: { phase: 'reserving' | 'charging' | 'undoing' | 'rented' | 'given up' };
  Start: { day: string; deposit: number };
  Message: { type: 'cancelled' };
  Timer: 'patience';
  Commands: {
    reserve: { data: { day: string }; result: null };
    charge: { data: { deposit: number }; result: null };
    release: { data: { day: string }; result: null };
  };
};

// Pure: what came in and the state say what follows. State, commands and timers are one transaction with the input.
const rental = defineSaga<Rental>({
  name: 'rental',
  version: 1,
  start: ({ day, deposit }) => ({
    state: { phase: 'reserving' },
    commands: [
      { type: 'reserve', data: { day } },
      { type: 'charge', data: { deposit } },
    ],
    undo: [{ type: 'release', data: { day } }],
    timers: { patience: { afterMs: 900_000 } },
  }),
  react: (state, input) => {
    switch (input.kind) {
      case 'message':
      case 'timer':
      case 'failed':
        return { state: { phase: 'undoing' }, unwind: true };
      case 'unwound':
        return { state: { phase: 'given up' }, done: true };
      case 'succeeded':
        return input.command === 'charge' ? { state: { phase: 'rented' }, done: true } : { state };
    }
  },
});

class Reserved1763700000000 {
  readonly name = 'Reserved1763700000000';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query(`
      create table reserved (organisation_id uuid not null, day text not null, primary key (organisation_id, day));
      ${tenantTable('reserved')}`);
  }
  async down(): Promise<void> {}
}

await using world = await createWorld();
const { organisationId } = world;
const database = await world.database('venues', [...sagaMigrations, Reserved1763700000000]);
const days = () =>
  database.read({ organisationId }, (tx) =>
    tx.rows<{ day: string }>('select day from reserved order by day'),
  );

const charged = new Set<string>();
const workers = startSagaWorkers(database, {
  logger: silentLogger,
  sagas: [
    carryOut(rental, {
      // On this database: the row and the saga's next step are one transaction.
      reserve: {
        within: async (tx, { day }) => accept(await write(tx, 'insert into reserved values ($1, $2)', day)),
      },
      release: {
        within: async (tx, { day }) =>
          accept(await write(tx, 'delete from reserved where organisation_id = $1 and day = $2', day)),
      },
      // Elsewhere: at least once, always with the same key, which makes the second time harmless.
      charge: {
        run: async ({ deposit }, { idempotencyKey }) => {
          if (deposit > 1_000) return refuse({ kind: 'CardDeclined', message: 'The card takes no more.' });
          charged.add(idempotencyKey);
          return accept(null);
        },
      },
    }),
  ],
});

async function write(tx: Transaction, sql: string, day: string): Promise<null> {
  await tx.execute(sql, [tx.organisationId, day]);
  return null;
}

for (const [key, day, deposit] of [
  [newUuid(), '2027-03-20', 500],
  [newUuid(), '2027-03-21', 5_000],
] as const) {
  await database.transaction({ organisationId }, async (tx) => {
    await startSaga(tx, rental, { key, input: { day, deposit } });
    tx.afterCommit(workers.wake);
  });
  const saga = () => database.read({ organisationId }, (tx) => readSaga(tx, rental, key));
  await until(async () => (await saga())?.status === 'DONE');
  console.log(`${day} for a deposit of ${deposit}: ${(await saga())?.state.phase}`);
}
console.log(`reserved: ${(await days()).map(({ day }) => day).join(', ')}; charged: ${charged.size}`);
await workers.stop();

// Prints:
//   2027-03-20 for a deposit of 500: rented
//   2027-03-21 for a deposit of 5000: given up
//   reserved: 2027-03-20; charged: 1
