import {
  createMetrics,
  type Counter,
  type Gauge,
  type Histogram,
  type Metrics,
  type Sample,
} from '@marquee/telemetry';

/** What messaging measures; every subscription and relay of a process shares these. */
export type Instruments = {
  readonly published: Counter;
  readonly publishDelay: Histogram;
  readonly reseeds: Counter;
  readonly relayLeading: Gauge;
  readonly handled: Counter;
  readonly handleSeconds: Histogram;
  readonly handleDelay: Histogram;
  readonly failures: Counter;
  readonly skipped: Counter;
  readonly redelivered: Counter;
  readonly deadLetters: Counter;
  readonly lag: Gauge;
  readonly inFlight: Gauge;
  readonly queueSeconds: Histogram;
  readonly mqttMessages: Counter;
  readonly mqttWaiting: Gauge;
  /** Read when the metrics are: an event that nobody gets on with grows older. */
  readonly oldest: (read: () => readonly Sample[]) => () => void;
  readonly relayOldest: (read: () => readonly Sample[]) => () => void;
};

export function createInstruments(metrics: Metrics = createMetrics()): Instruments {
  return {
    published: metrics.counter('marquee_relay_published_total', 'Events published to JetStream'),
    publishDelay: metrics.histogram(
      'marquee_relay_delay_seconds',
      'From an event to its place in the stream',
    ),
    reseeds: metrics.counter(
      'marquee_relay_reseeds_total',
      'Times the stream was found behind the log and caught up',
    ),
    relayLeading: metrics.gauge('marquee_relay_leading', '1 where this process publishes the log'),
    handled: metrics.counter('marquee_consumer_handled_total', 'Events handled and committed'),
    handleSeconds: metrics.histogram('marquee_consumer_seconds', 'Duration of one transaction of handlers'),
    handleDelay: metrics.histogram('marquee_consumer_delay_seconds', 'From an event to its committed effect'),
    failures: metrics.counter('marquee_consumer_failures_total', 'Tries that failed'),
    skipped: metrics.counter('marquee_consumer_skipped_total', 'Messages whose effect was there already'),
    redelivered: metrics.counter('marquee_consumer_redelivered_total', 'Messages that came again'),
    deadLetters: metrics.counter('marquee_consumer_dead_letters_total', 'Events given up after five tries'),
    lag: metrics.gauge('marquee_consumer_lag_events', 'Events in the stream not yet handled'),
    inFlight: metrics.gauge('marquee_consumer_in_flight', 'Events in a transaction or waiting for a try'),
    queueSeconds: metrics.histogram(
      'marquee_queue_seconds',
      'Duration of one try with a message of a queue, by its outcome',
    ),
    mqttMessages: metrics.counter('marquee_mqtt_messages_total', 'Messages of MQTT clients that were read'),
    mqttWaiting: metrics.gauge('marquee_mqtt_waiting_messages', 'Messages of MQTT clients not yet answered'),
    oldest: (read) =>
      metrics.observed('marquee_consumer_oldest_seconds', 'Age of the oldest event not yet handled', read),
    relayOldest: (read) =>
      metrics.observed('marquee_relay_oldest_seconds', 'Age of the oldest event not yet in the stream', read),
  };
}

/** Seconds since an instant in RFC 3339, never negative: clocks of two machines differ. */
export function secondsSince(instant: string): number {
  return Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
}
