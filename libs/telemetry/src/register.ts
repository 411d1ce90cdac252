/**
 * OpenTelemetry for one process: its spans, its metrics and its log lines, by OTLP. Load it before anything else, and
 * only where spans are wanted (it adds about 250 ms to a start): `node --import @marquee/telemetry/register src/main.ts`. It is configured by the standard
 * variables alone: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on.
 */
import { createRequire, registerHooks } from 'node:module';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { markCorrelation } from './span.ts';

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

// The instrumentation of pg patches what is required, and does not see an `import`. So whoever imports it has it required
// first: it is one object. OpenTelemetry's own hook would see imports, from a thread beside this one that loads every
// module of the process twice over: 85 MB of a gateway, which has no pg at all.
const required = createRequire(import.meta.url);
const hook = registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'pg') {
      hook.deregister();
      required('pg');
    }
    return next(specifier, context);
  },
});
