import type CircuitBreaker from 'opossum';
import type { Logger, Metrics } from '@marquee/telemetry';

export type OutboundCounters = {
  done(outcome: string, startedAtMs: number): void;
  retried(): void;
  stop(): void;
};

type State = 'closed' | 'half-open' | 'open';

/** Counts calls and says in log and metrics what the breaker does. */
export function observeBreaker<Arguments extends unknown[]>(
  breaker: CircuitBreaker<Arguments, unknown>,
  { name, logger, metrics }: { readonly name: string; readonly logger: Logger; readonly metrics: Metrics },
): OutboundCounters {
  const calls = metrics.counter('marquee_outbound_calls_total', 'Calls to another service by outcome');
  const retries = metrics.counter('marquee_outbound_retries_total', 'Attempts after the first');
  const changes = metrics.counter(
    'marquee_outbound_breaker_changes_total',
    'Breaker state changes by new state',
  );
  const seconds = metrics.histogram(
    'marquee_outbound_seconds',
    'Duration of calls, retries and body included',
  );
  const changed = (state: State) => {
    changes.add(1, { outbound: name, state });
    logger[state === 'open' ? 'warn' : 'info']({ outbound: name, breaker: state }, `breaker ${state}`);
  };
  breaker.on('open', () => changed('open'));
  breaker.on('halfOpen', () => changed('half-open'));
  breaker.on('close', () => changed('closed'));
  const stop = metrics.observed('marquee_outbound_breaker_state', '0 closed, 1 half-open, 2 open', () => [
    { value: breaker.opened ? 2 : breaker.halfOpen ? 1 : 0, labels: { outbound: name } },
  ]);
  return {
    done: (outcome, startedAtMs) => {
      calls.add(1, { outbound: name, outcome });
      seconds.observe((performance.now() - startedAtMs) / 1000, { outbound: name });
    },
    retried: () => retries.add(1, { outbound: name }),
    stop,
  };
}
