/** A process that runs the projection of the counted holds, to be killed by the test, or by itself in its n-th page. */
import { openDatabase, type Database } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { anyProjection, startProjections } from '../index.ts';
import { count, counting } from './counted.test-support.ts';

export type Projecting = {
  readonly databaseUrl: string;
  readonly version: number;
  /** Dies in its n-th page, its rows and its checkpoint written and not committed, or right after the commit. */
  readonly die: { readonly inPage: number; readonly when: 'before the commit' | 'after the commit' };
};

const { databaseUrl, version, die } = JSON.parse(process.argv[2]!) as Projecting;
const real = await openDatabase({ url: databaseUrl, applicationName: 'projecting', entities: [] });
const kill = () => process.kill(process.pid, 'SIGKILL');
let pages = 0;
let doomed = false;
const transaction: Database['transaction'] = async (scope, work, options) => {
  const result = await real.transaction(
    scope,
    async (tx) => {
      const value = await work(tx);
      if (doomed && die.when === 'before the commit') kill();
      return value;
    },
    options,
  );
  if (doomed) kill();
  return result;
};

startProjections(
  { ...real, transaction },
  {
    projections: [
      anyProjection(
        counting({
          version,
          apply: async (tx, events, generation) => {
            await count(tx, events, generation);
            pages += 1;
            doomed ||= pages >= die.inPage;
          },
        }),
      ),
    ],
    logger: silentLogger,
    pollMs: 20,
    pageSize: 7,
  },
);
