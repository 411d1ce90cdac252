/**
 * OpenTelemetry for one process. Load it before anything else, and only where spans are wanted (it adds about
 * 400 ms to a start): `node --import @marquee/telemetry/register src/main.ts`. It is configured by the standard
 * variables alone: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so on.
 */
import { register } from 'node:module';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';

// Without this hook `import http from 'node:http'` is not seen by the instrumentation: it patches `require` alone.
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

const sdk = new NodeSDK({
  instrumentations: [
    new HttpInstrumentation({
      // Probes come every second and say nothing.
      ignoreIncomingRequestHook: ({ url }) => url !== undefined && /^\/(health|metrics)\b/.test(url),
    }),
    new PgInstrumentation({ requireParentSpan: true }),
  ],
});
sdk.start();
