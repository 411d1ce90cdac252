import type { DocumentLimits, Viewer } from '@marquee/subgraph';

/**
 * What a client may ask for at once. The deepest operation of the contract has 10 levels and the largest some 40
 * fields; these leave front ends room and an abuser little.
 */
export const clientLimits: DocumentLimits = {
  depth: 15,
  fields: 2_000,
  aliases: 200,
  rootFields: 50,
  directives: 200,
  // Two fragments are compared field by field, so a selection with many costs their square to validate: 300 of them
  // took 280 ms where 30 take less than 3.
  spreads: 30,
  repeats: 100,
  tokens: 10_000,
  characters: 100_000,
};

/** Long enough for a calendar of thousands of entries, or the seats of a stadium. */
export const maxBodyBytes = 4 * 1024 * 1024;
/** To receive, decode and parse four megabytes takes 20 ms: only who plans has use for them. */
const maxGuestsBodyBytes = 128 * 1024;
/** Without a token only the schema can be asked for, which takes little. */
const maxStrangersBodyBytes = 64 * 1024;
const planning = new Set(['events:manage', 'venues:manage', 'tickets:manage', 'guests:manage', 'hub:manage']);

/** How long a body this viewer may send. */
export function maxBodyBytesOf(viewer: Viewer | undefined): number {
  if (!viewer) return maxStrangersBodyBytes;
  return viewer.scopes.some((scope) => planning.has(scope)) ? maxBodyBytes : maxGuestsBodyBytes;
}

/** Points for what is refused: to find out that it must be takes parsing, validation, or a signature. */
export const refusalPoints = 10;

/** Points of one operation: the dearest of the contract may cost some 5,000; whatever a house has, with all below, 37,000. */
export const defaultMaxCost = 50_000;

/** Entries of one list: what any service takes at most, and no variable lifts. */
export const maxPageSize = 100;
