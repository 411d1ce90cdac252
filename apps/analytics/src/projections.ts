import type { Messaging, Subscription } from '@marquee/messaging';
import { replicateOccurrences } from './occurrences/on-events-events.ts';
import { countSales } from './sales/on-ticket-events.ts';

/** Checkpoints are kept under these names: renaming one would count everything anew. */
export const salesSubscription = 'sales';
export const rebuildSubscription = 'sales-rebuild';

/** What the service counts while it runs. */
export function startProjections(messaging: Messaging): readonly Subscription[] {
  return [
    messaging.project({ name: 'occurrences', replayable: true, events: replicateOccurrences }),
    messaging.project({ name: salesSubscription, events: countSales('live') }),
  ];
}
