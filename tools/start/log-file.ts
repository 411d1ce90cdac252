import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One log takes at most twice this: the file and its predecessor `.1`. */
export const logLimitBytes = 20 * 1024 * 1024;

/** A descriptor that appends, for a child to write to by itself: a busy or dead launcher never holds up a service. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > logLimitBytes / 2) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/**
 * Cuts a log that grew too large. The writer keeps its descriptor, so the content is copied and the file emptied; lines
 * written in between are lost, which is the price for children that outlive nobody's pipe.
 */
export function limitLog(path: string, limitBytes: number = logLimitBytes): void {
  if (!existsSync(path) || statSync(path).size <= limitBytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/** The last lines of a log, for an error message. */
export function logTail(path: string, lines: number): string {
  if (!existsSync(path)) return '';
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
