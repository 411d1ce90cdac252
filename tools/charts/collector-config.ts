import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

const strict = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const duration = Type.String({ pattern: '^\\d+(\\.\\d+)?(ms|s|m|h)$' });
const address = Type.String({ pattern: '^[\\w.:]+:\\d+$' });
const names = Type.Array(Type.String(), { minItems: 1, uniqueItems: true });
const percentage = Type.Number({ minimum: 0, maximum: 100 });

const policy = Type.Union([
  strict({
    name: Type.String(),
    type: Type.Literal('status_code'),
    status_code: strict({
      status_codes: Type.Array(
        Type.Union([Type.Literal('ERROR'), Type.Literal('OK'), Type.Literal('UNSET')]),
      ),
    }),
  }),
  strict({
    name: Type.String(),
    type: Type.Literal('latency'),
    latency: strict({ threshold_ms: Type.Integer({ minimum: 1 }) }),
  }),
  strict({
    name: Type.String(),
    type: Type.Literal('probabilistic'),
    probabilistic: strict({ sampling_percentage: percentage }),
  }),
]);

/** What the documentation of OpenTelemetry Collector (contrib 0.139) says of the components and settings that we use. */
const schema = strict({
  extensions: strict({ health_check: strict({ endpoint: address }) }),
  receivers: strict({
    otlp: strict({
      protocols: strict({
        http: strict({ endpoint: address, max_request_body_size: Type.Integer({ minimum: 1 }) }),
      }),
    }),
  }),
  processors: strict({
    memory_limiter: strict({
      check_interval: duration,
      limit_percentage: percentage,
      spike_limit_percentage: percentage,
    }),
    tail_sampling: strict({
      decision_wait: duration,
      num_traces: Type.Integer({ minimum: 1 }),
      policies: Type.Array(policy, { minItems: 1 }),
    }),
    batch: strict({
      send_batch_size: Type.Integer({ minimum: 1 }),
      send_batch_max_size: Type.Integer({ minimum: 1 }),
      timeout: duration,
    }),
  }),
  connectors: strict({
    forward: strict({}),
    spanmetrics: strict({
      namespace: Type.String(),
      histogram: strict({ unit: Type.Literal('ms'), explicit: strict({ buckets: Type.Array(duration) }) }),
      dimensions: Type.Array(strict({ name: Type.String() })),
      resource_metrics_key_attributes: names,
      aggregation_cardinality_limit: Type.Integer({ minimum: 1 }),
      metrics_flush_interval: duration,
    }),
  }),
  exporters: strict({
    prometheus: strict({ endpoint: address, metric_expiration: duration }),
    otlphttp: strict({
      endpoint: Type.String({ pattern: '^https?://' }),
      retry_on_failure: strict({ enabled: Type.Boolean(), max_elapsed_time: duration }),
      sending_queue: strict({ enabled: Type.Boolean(), queue_size: Type.Integer({ minimum: 1 }) }),
    }),
  }),
  service: strict({
    extensions: names,
    pipelines: Type.Record(
      Type.String({ pattern: '^(traces|metrics|logs)(/\\w+)?$' }),
      strict({ receivers: names, processors: names, exporters: names }),
    ),
  }),
});

type Config = {
  readonly receivers: object;
  readonly processors: object;
  readonly exporters: object;
  readonly connectors: object;
  readonly service: {
    readonly pipelines: Readonly<
      Record<string, Record<'receivers' | 'processors' | 'exporters', readonly string[]>>
    >;
  };
};

/**
 * What a Collector would refuse, or do otherwise than it was meant: settings it does not know, components that are not there
 * or that nobody uses, connectors with one end. Its binary is not at hand: this is as far as it goes without it.
 */
export function collectorFaults(config: unknown): string[] {
  const unknown = [...Value.Errors(schema, config)].map(
    ({ instancePath, message }) => `${instancePath}: ${message}`,
  );
  return unknown.length > 0 ? unknown : wiringFaults(config as Config);
}

function wiringFaults({ receivers, processors, exporters, connectors, service }: Config): string[] {
  const pipelines = Object.entries(service.pipelines);
  const known = {
    receivers: Object.keys({ ...receivers, ...connectors }),
    processors: Object.keys(processors),
    exporters: Object.keys({ ...exporters, ...connectors }),
  };
  const roles = ['receivers', 'processors', 'exporters'] as const;
  return roles.flatMap((role) => {
    const used = pipelines.flatMap(([name, pipeline]) => pipeline[role].map((each) => [name, each] as const));
    const strange = used.filter(([, each]) => !known[role].includes(each));
    const idle = known[role].filter((each) => !used.some(([, one]) => one === each));
    return [
      ...strange.map(([name, each]) => `${name} has ${each} among its ${role}, which is not there`),
      ...idle.map((each) => `${each} is not among the ${role} of any pipeline`),
      ...(role === 'processors' ? orderFaults(pipelines.map(([name, one]) => [name, one.processors])) : []),
    ];
  });
}

function orderFaults(all: readonly (readonly [string, readonly string[]])[]): string[] {
  return all.flatMap(([name, processors]) => {
    const late = processors[0] === 'memory_limiter' ? [] : [`${name}: memory_limiter must come first`];
    const place = processors.indexOf('batch');
    const early = place >= 0 && place < processors.length - 1 ? [`${name}: batch must come last`] : [];
    return [...late, ...early];
  });
}
