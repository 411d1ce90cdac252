{{- /* Where services send what they tell of themselves; empty: nowhere. */ -}}
{{- define "marquee.otlpEndpoint" -}}
{{- $telemetry := .root.Values.telemetry -}}
{{- if $telemetry.collector.enabled -}}
{{- if $telemetry.otlpEndpoint -}}
{{- fail "telemetry: either otlpEndpoint, or a collector of our own (collector.enabled)" -}}
{{- end -}}
http://{{ .root.Release.Name }}-collector:4318
{{- else -}}
{{- $telemetry.otlpEndpoint -}}
{{- end -}}
{{- end }}

{{- /*
Spans are counted before any is left out (span_metrics), then whole traces are judged: those with a fault, those that were
slow, and a share of the rest are kept. memory_limiter stands first everywhere: a Collector that is full refuses, and the
services drop what they could not send; it must not be killed with everything in it.
*/ -}}
{{- define "marquee.collectorConfig" -}}
{{- with .Values.telemetry.collector -}}
extensions:
  health_check: { endpoint: 0.0.0.0:13133 }
receivers:
  otlp:
    protocols:
      http: { endpoint: 0.0.0.0:4318, max_request_body_size: 8388608 }
processors:
  memory_limiter: { check_interval: 1s, limit_percentage: 75, spike_limit_percentage: 20 }
  tail_sampling:
    decision_wait: 15s
    num_traces: {{ .tracesInMemory | int }}
    policies:
      - { name: faults, type: status_code, status_code: { status_codes: [ERROR] } }
      - { name: slow, type: latency, latency: { threshold_ms: {{ .keep.slowMs | int }} } }
      - { name: some, type: probabilistic, probabilistic: { sampling_percentage: {{ .keep.percent }} } }
  batch: { send_batch_size: 2048, send_batch_max_size: 4096, timeout: 1s }
connectors:
  forward: {}
  spanmetrics:
    namespace: traces.span.metrics
    histogram: { unit: ms, explicit: { buckets: [2ms, 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2.5s, 5s, 10s] } }
    dimensions: [{ name: service.version }]
    resource_metrics_key_attributes: [service.name, service.version]
    aggregation_cardinality_limit: 5000
    metrics_flush_interval: 15s
exporters:
  prometheus: { endpoint: 0.0.0.0:8889, metric_expiration: 10m }
  otlphttp:
    endpoint: {{ required "telemetry.collector.backend is needed: where traces and logs are kept, such as http://tempo.monitoring:4318" .backend }}
    retry_on_failure: { enabled: true, max_elapsed_time: 300s }
    sending_queue: { enabled: true, queue_size: 1000 }
service:
  extensions: [health_check]
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter]
      exporters: [spanmetrics, forward]
    traces/kept:
      receivers: [forward]
      processors: [memory_limiter, tail_sampling, batch]
      exporters: [otlphttp]
    metrics/spans:
      receivers: [spanmetrics]
      processors: [memory_limiter, batch]
      exporters: [prometheus]
    logs:
      receivers: [otlp]
      processors: [memory_limiter, batch]
      exporters: [otlphttp]
{{- end -}}
{{- end }}
