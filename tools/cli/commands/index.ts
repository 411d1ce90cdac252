import type { Command } from '../command.ts';
import { exportEvents } from './export.ts';
import { importEvents } from './import.ts';
import { query } from './query.ts';
import { tail } from './tail.ts';

/** Every command, in the order in which they are listed. */
export const commands: readonly Command[] = [query, tail, exportEvents, importEvents];
