import type { Metrics } from '@marquee/telemetry';
import type { Envelope } from '../catalogue/envelope.ts';
import type { Attempted } from './attempt.ts';

const outcomes = ['delivered', 'pending', 'exhausted', 'postponed'];
/** From at once to the end of the schedule of tries. */
const lagBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400, 300_000];

/** What deliveries tell at /metrics. */
export function measureIn(metrics: Metrics): (attempted: Attempted) => void {
  const attempts = metrics.counter('marquee_webhook_attempts_total', 'Webhook attempts by outcome');
  // A rate can be told from the first one on.
  for (const outcome of outcomes) attempts.add(0, { outcome });
  const help = 'From an event to the answer of an endpoint that took it';
  const lag = metrics.histogram('marquee_webhook_lag_seconds', help, lagBuckets);
  return ({ status, of }) => {
    attempts.add(1, { outcome: status.toLowerCase() });
    // One that was replayed tells of whoever replayed it.
    if (status !== 'DELIVERED' || of.attempts !== of.tries) return;
    const { time } = JSON.parse(of.envelope) as Envelope;
    lag.observe(Math.max(0, (Date.now() - Date.parse(time)) / 1_000));
  };
}
