{{- /* A query of the analysis block for the unit that is judged. */ -}}
{{- define "marquee.query" -}}
{{- $analysis := .root.Values.analysis -}}
{{- $selector := printf "service=%q,version=%q" .name (include "marquee.judgedUnit" .) -}}
{{- .query | replace "$SELECTOR" $selector | replace "$WINDOW" (printf "%ds" (int $analysis.windowSeconds)) | trim -}}
{{- end }}

{{- /* Says nothing where too little was asked: no verdict is made of three requests. */ -}}
{{- define "marquee.guardedQuery" -}}
{{- $analysis := .root.Values.analysis -}}
{{- $samples := include "marquee.query" (merge (dict "query" (.samples | default $analysis.samples)) .) -}}
{{- if .metric.always -}}
{{- include "marquee.query" (merge (dict "query" .metric.query) .) -}}
{{- else -}}
{{- printf "(%s) and on () (%s >= %d)" (include "marquee.query" (merge (dict "query" .metric.query) .)) $samples (int $analysis.minimumRequests) -}}
{{- end -}}
{{- end }}

{{- define "marquee.analysis" -}}
{{- $strategy := .service.rollout.strategy }}
{{- if eq $strategy "argo" }}
---
{{ include "marquee.argoAnalysis" . }}
{{- else if eq $strategy "flagger" }}
{{ include "marquee.flagger" . }}
{{- else if has $strategy (list "gatewayapi" "bluegreen") }}
---
{{ include "marquee.controllerInput" . }}
{{- end }}
{{- end }}

{{- /* One analysis for our own controller (tools/rehearse/controller.ts). Takes a service with "strategy", "steps", "samples", "metrics" and, of consumers, "queues". */ -}}
{{- define "marquee.controllerAnalysis" -}}
{{- $analysis := .root.Values.analysis -}}
{{- $metrics := list -}}
{{- range $metric := .metrics -}}
{{- $one := dict "name" $metric.name "query" (include "marquee.guardedQuery" (merge (dict "metric" $metric) $)) -}}
{{- range $key := list "min" "max" "always" -}}
{{- if hasKey $metric $key -}}{{- $_ := set $one $key (get $metric $key) -}}{{- end -}}
{{- end -}}
{{- $metrics = append $metrics $one -}}
{{- end -}}
{{- dict "service" .name "strategy" .strategy "version" (include "marquee.judgedUnit" .) "prometheus" $analysis.prometheus "intervalSeconds" $analysis.intervalSeconds "stepSeconds" $analysis.stepSeconds "steps" .steps "failureLimit" $analysis.failureLimit "inconclusiveLimit" $analysis.inconclusiveLimit "metrics" $metrics | merge (.queues | empty | ternary dict (dict "queues" .queues)) | toJson -}}
{{- end }}

{{- /*
The input of our own controller: an analysis for requests, and one for what consumers take. A queue's takers are weighed,
whatever the strategy, for nobody waits for them; what changes hands whole is judged by its requests, in one step.
*/ -}}
{{- define "marquee.controllerInput" -}}
{{- $analysis := .root.Values.analysis -}}
{{- $requests := dict "strategy" .service.rollout.strategy "steps" $analysis.steps "samples" $analysis.samples "metrics" $analysis.metrics -}}
{{- $consumers := dict "strategy" "gatewayapi" "steps" (list 100) "samples" $analysis.samples "metrics" $analysis.metrics -}}
{{- if .service.queues -}}
{{- $consumers = dict "queues" .service.queues "strategy" "gatewayapi" "steps" $analysis.consumers.steps "samples" $analysis.consumers.samples "metrics" $analysis.consumers.metrics -}}
{{- end -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "marquee.fullname" . }}-analysis
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
    marquee.example/controller: marquee-rollout
data:
  analysis.json: {{ include "marquee.controllerAnalysis" (merge $requests .) | quote }}
  consumers.json: {{ include "marquee.controllerAnalysis" (merge $consumers .) | quote }}
{{- end }}

{{- define "marquee.argoStrategy" -}}
{{- $name := include "marquee.fullname" . -}}
{{- $analysis := .root.Values.analysis -}}
canary:
  stableService: {{ $name }}-stable
  canaryService: {{ $name }}-canary
  abortScaleDownDelaySeconds: 30
  trafficRouting:
    plugins:
      argoproj-labs/gatewayAPI:
        httpRoute: {{ $name }}
        namespace: {{ .root.Release.Namespace }}
  analysis:
    startingStep: 1
    templates:
      - templateName: {{ $name }}
  steps:
    {{- range $weight := $analysis.steps }}
    - setWeight: {{ $weight }}
    {{- if lt (int $weight) 100 }}
    - pause: { duration: {{ $analysis.stepSeconds }}s }
    {{- end }}
    {{- end }}
{{- end }}

{{- define "marquee.argoAnalysis" -}}
{{- $analysis := .root.Values.analysis -}}
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: {{ include "marquee.fullname" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  metrics:
    {{- range $metric := $analysis.metrics }}
    {{- $good := hasKey $metric "max" | ternary (printf "result[0] <= %v" $metric.max) (printf "result[0] >= %v" $metric.min) }}
    - name: {{ $metric.name }}
      interval: {{ $analysis.intervalSeconds }}s
      initialDelay: {{ $analysis.windowSeconds }}s
      # Neither good nor bad where there is no result: inconclusive, not a success.
      successCondition: len(result) > 0 && {{ $good }}
      failureCondition: len(result) > 0 && !({{ $good }})
      failureLimit: {{ sub (int $analysis.failureLimit) 1 }}
      inconclusiveLimit: {{ $analysis.inconclusiveLimit }}
      consecutiveErrorLimit: {{ $analysis.inconclusiveLimit }}
      provider:
        prometheus:
          address: {{ $analysis.prometheus }}
          query: {{ include "marquee.guardedQuery" (merge (dict "metric" $metric) $) | quote }}
    {{- end }}
{{- end }}

{{- define "marquee.flagger" -}}
{{- $name := include "marquee.fullname" . -}}
{{- $analysis := .root.Values.analysis -}}
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: {{ $name }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  provider: gatewayapi:v1
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $name }} }
  {{- if eq .service.autoscaling.kind "hpa" }}
  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: {{ $name }} }
  {{- else if eq .service.autoscaling.kind "keda" }}
  autoscalerRef: { apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: {{ $name }} }
  {{- end }}
  progressDeadlineSeconds: {{ .service.progressDeadlineSeconds }}
  service:
    port: {{ .service.port }}
    targetPort: http
    portName: http
    gatewayRefs:
      {{- if .service.expose }}
      {{- toYaml .root.Values.ingress.gatewayRefs | nindent 6 }}
      {{- else }}
      - { group: "", kind: Service, name: {{ $name }}, port: {{ .service.port }} }
      {{- end }}
    {{- if .service.expose }}
    hosts:
      {{- toYaml .root.Values.ingress.hostnames | nindent 6 }}
    {{- end }}
  analysis:
    interval: {{ $analysis.stepSeconds }}s
    threshold: {{ $analysis.failureLimit }}
    stepWeights: {{ $analysis.steps | toJson }}
    metrics:
      {{- range $metric := $analysis.metrics }}
      - name: {{ $metric.name }}
        interval: {{ $analysis.intervalSeconds }}s
        templateRef: { name: {{ $name }}-{{ $metric.name }} }
        thresholdRange:
          {{- range $bound := list "min" "max" }}
          {{- if hasKey $metric $bound }}
          {{ $bound }}: {{ get $metric $bound }}
          {{- end }}
          {{- end }}
      {{- end }}
{{- range $metric := $analysis.metrics }}
---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata:
  name: {{ $name }}-{{ $metric.name }}
  labels:
    {{- include "marquee.labels" $ | nindent 4 }}
spec:
  provider: { type: prometheus, address: {{ $analysis.prometheus }} }
  query: {{ include "marquee.guardedQuery" (merge (dict "metric" $metric) $) | quote }}
{{- end }}
{{- end }}
