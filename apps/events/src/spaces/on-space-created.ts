import type { Handlers } from '@marquee/messaging';
import { saveSpace } from './space-replica.ts';

/** Keeps the replica of the spaces of venues. */
export const spaceHandlers: Handlers = {
  'venues.space-created.v1': ({ data }, tx) => saveSpace(tx, data),
};
