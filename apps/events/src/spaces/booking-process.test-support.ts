/** Carries out the bookings of spaces in a process of its own, to be killed at the point that its argument names. */
import { openDatabase, type Database } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { entities } from '../entities.ts';
import { carryOutSpaceBookings } from './carry-out-space-bookings.ts';

export type BookingProcess = {
  readonly databaseUrl: string;
  /** When venues is asked; or inside, or after, the so many-th transaction of a tenant that writes. */
  readonly die: 'asked' | { readonly before: number } | { readonly after: number };
};

const { databaseUrl, die } = JSON.parse(process.argv[2]!) as BookingProcess;
const kill = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
};

const database = await openDatabase({ url: databaseUrl, applicationName: 'events', entities });
let written = 0;
const transaction: Database['transaction'] = async (scope, work, options) => {
  if (!('organisationId' in scope) || options?.readOnly) return database.transaction(scope, work, options);
  written += 1;
  const value = await database.transaction(
    scope,
    async (tx) => {
      const result = await work(tx);
      if (typeof die === 'object' && 'before' in die && written === die.before) kill();
      return result;
    },
    options,
  );
  if (typeof die === 'object' && 'after' in die && written === die.after) kill();
  return value;
};
const dying = Object.assign(Object.create(database) as Database, database, { transaction });

startSagaWorkers(dying, {
  sagas: [
    carryOutSpaceBookings(dying, async () => {
      if (die === 'asked') kill();
      return 'FREE';
    }),
  ],
  logger: silentLogger,
  leaseMs: 300,
  pollMs: 20,
  concurrency: 1,
});
