/**
 * OpenTelemetry for one process: its spans, its metrics and its log lines, by OTLP. Load it before anything else, and only where spans are wanted (it adds about
 * 400 ms to a start): `node --import @marquee/telemetry/register src/main.ts`. It is configured by the standard
 * variables alone: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on.
 */
import { register } from 'node:module';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { markCorrelation } from './span.ts';

// Without this hook an `import` of pg is not seen by its instrumentation: it patches `require` alone.
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

// Spans of HTTP are written by hand, in libs/subgraph for what comes and in libs/outbound for what goes: the
// instrumentation of node:http costs each request its attributes whether or not it is sampled (measured: 16 to 30 % of
// the gateway's requests a second, by hand 12 to 18 %).
const pg = new PgInstrumentation({
  requireParentSpan: true,
  ignoreConnectSpans: true,
  requestHook: markCorrelation,
});
const sdk = new NodeSDK({ instrumentations: [pg] });
sdk.start();
