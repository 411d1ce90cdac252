import type { DocumentLimits } from '@marquee/subgraph';

/**
 * What a client may ask for at once. The deepest operation of the contract has 10 levels and the largest some 40
 * fields; these leave front ends room and an abuser little.
 */
export const clientLimits: DocumentLimits = {
  depth: 15,
  fields: 2_000,
  aliases: 200,
  rootFields: 50,
  tokens: 10_000,
};

/** Long enough for a calendar of thousands of entries in one variable. */
export const maxBodyBytes = 4 * 1024 * 1024;
