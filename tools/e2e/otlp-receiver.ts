import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spanMetrics } from './span-metrics.ts';

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type Resource = { readonly resource: { readonly attributes: readonly Attribute[] } };

type WireSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number };
};

type WireLog = {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly body: { readonly stringValue: string };
  readonly attributes: readonly Attribute[];
};

/** As the trace, log and metric services of OTLP/HTTP take them in JSON. */
type Export = {
  readonly resourceSpans?: readonly (Resource & { scopeSpans: readonly { spans: readonly WireSpan[] }[] })[];
  readonly resourceLogs?: readonly (Resource & {
    scopeLogs: readonly { logRecords: readonly WireLog[] }[];
  })[];
  readonly resourceMetrics?: readonly (Resource & {
    scopeMetrics: readonly { metrics: readonly { name: string }[] }[];
  })[];
};

type From = { readonly service: string; readonly version: string };
type Attributes = Readonly<Record<string, unknown>>;

export type ReceivedSpan = From &
  Omit<WireSpan, 'attributes' | 'kind'> & { readonly kind: string; readonly attributes: Attributes };
export type ReceivedLog = From &
  Omit<WireLog, 'attributes' | 'body'> &
  Record<'body', string> & {
    readonly attributes: Attributes;
  };

export type OtlpReceiver = {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT, with OTEL_EXPORTER_OTLP_PROTOCOL=http/json; tells span metrics at /metrics. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  readonly logs: readonly ReceivedLog[];
  /** Names of metrics by service. */
  readonly metrics: ReadonlyMap<string, ReadonlySet<string>>;
  close(): Promise<void>;
};

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

function attributesOf(list: readonly Attribute[]): Attributes {
  return Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]));
}

function senderOf({ resource }: Resource): From {
  const { 'service.name': service, 'service.version': version } = attributesOf(resource.attributes);
  return { service: String(service), version: String(version) };
}

/** Takes what services export, as a Collector would, and keeps it. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  const metrics = new Map<string, Set<string>>();
  const measured = spanMetrics();
  const take = ({ resourceSpans = [], resourceLogs = [], resourceMetrics = [] }: Export) => {
    for (const each of resourceSpans)
      for (const span of each.scopeSpans.flatMap((scope) => scope.spans)) {
        const { attributes, kind, ...rest } = span;
        const received = {
          ...senderOf(each),
          ...rest,
          kind: kinds[kind]!,
          attributes: attributesOf(attributes),
        };
        spans.push(received);
        measured.count(received);
      }
    for (const each of resourceLogs)
      for (const record of each.scopeLogs.flatMap((scope) => scope.logRecords)) {
        const { attributes, body, ...rest } = record;
        logs.push({
          ...senderOf(each),
          ...rest,
          body: body.stringValue,
          attributes: attributesOf(attributes),
        });
      }
    for (const each of resourceMetrics) {
      const { service } = senderOf(each);
      const names = each.scopeMetrics.flatMap((scope) => scope.metrics.map(({ name }) => name));
      metrics.set(service, new Set([...(metrics.get(service) ?? []), ...names]));
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'GET') return void response.end(measured.text());
      take(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Export);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    metrics,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
