import type { Messaging, Subscription } from '@marquee/messaging';
import { createMetrics, type Metrics } from '@marquee/telemetry';
import { replicateOccurrences } from './occurrences/on-events-events.ts';
import { measureSales } from './sales/measure-sales.ts';
import { countSales } from './sales/on-ticket-events.ts';

/** Checkpoints are kept under these names: renaming one would count everything anew. */
export const salesSubscription = 'sales';
export const rebuildSubscription = 'sales-rebuild';

/** What the service counts while it runs. */
export function startProjections(
  messaging: Messaging,
  metrics: Metrics = createMetrics(),
): readonly Subscription[] {
  return [
    messaging.project({ name: 'occurrences', replayable: true, events: replicateOccurrences }),
    messaging.project({ name: salesSubscription, events: countSales('live', measureSales(metrics)) }),
  ];
}
