import type { Command } from '../command.ts';
import { append } from './append.ts';
import { benchmark } from './benchmark.ts';
import { deadLetters } from './dead-letters.ts';
import { diagram } from './diagram.ts';
import { exportEvents } from './export.ts';
import { flow } from './flow.ts';
import { importEvents } from './import.ts';
import { init } from './init.ts';
import { migrateLogs } from './migrate.ts';
import { projections } from './projections.ts';
import { query } from './query.ts';
import { replay } from './replay.ts';
import { sagas } from './sagas.ts';
import { snapshots } from './snapshot.ts';
import { tail } from './tail.ts';
import { verify } from './verify.ts';

/** Every command, in the order in which they are listed. */
export const commands: readonly Command[] = [
  query,
  tail,
  flow,
  projections,
  deadLetters,
  replay,
  sagas,
  exportEvents,
  importEvents,
  verify,
  snapshots,
  append,
  init,
  migrateLogs,
  diagram,
  benchmark,
];
