import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

type Seen = {
  readonly received: string;
  readonly current: { readonly correlationId: string; readonly traceparent: string };
};

/** What the process said, and what a collector was sent of it. */
async function runTraced(flags: string): Promise<{ readonly seen: Seen; readonly spans: string }> {
  const received: Buffer[] = [];
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => received.push(chunk));
    request.on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', path('./register.ts'), path('./fixtures/traced.ts'), flags],
      {
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
          OTEL_SERVICE_NAME: 'traced',
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
        },
      },
    );
    return { seen: JSON.parse(stdout) as Seen, spans: Buffer.concat(received).toString('latin1') };
  } finally {
    collector.closeAllConnections();
    await new Promise((resolve) => collector.close(resolve));
  }
}

const trace = 'a'.repeat(32);

test('a process registered with OpenTelemetry sends its spans as one trace, and hands it on', async () => {
  const { seen, spans } = await runTraced('01');
  // What the process hands to others carries the trace on, under a span of its own.
  expect(seen.received).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`));
  expect(seen.current).toMatchObject({ correlationId: 'door-7' });
  expect(seen.current.traceparent).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`));
  expect(spans).toContain('work-by-hand');
  expect(spans).toContain('http.request.method');
  // Of an import: it is `require` that the instrumentation patches.
  expect(spans).toContain('pg.query:SELECT nowhere');
  expect(spans).toContain('select one from door');
  expect(spans).toContain(Buffer.from(trace, 'hex').toString('latin1'));
});

test('of a trace that was sampled out nothing is sent, and that it was is handed on', async () => {
  const { seen, spans } = await runTraced('00');
  expect(seen.received).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-00$`));
  expect(seen.current.traceparent).toBe(seen.received);
  expect(spans).not.toContain('by-hand');
  expect(spans).not.toContain('pg.query');
});
