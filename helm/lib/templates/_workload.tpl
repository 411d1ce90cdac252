{{- /* Everything that one service is in a cluster, whatever its strategy. */ -}}
{{- define "marquee.workload" -}}
{{- $strategy := .service.rollout.strategy }}
{{- $environment := include "marquee.environment" . | fromYaml }}
{{ include "marquee.keptConfig" (merge (dict "kind" "config" "mapName" (include "marquee.configName" .) "data" $environment) .) }}
{{- if and .service.supergraph .root.Values.supergraph }}
---
{{ include "marquee.keptConfig" (merge (dict "kind" "supergraph" "mapName" (include "marquee.supergraphName" .) "data" (dict "supergraph.graphql" .root.Values.supergraph)) .) }}
{{- end }}
{{- range $track := include "marquee.tracks" . | fromJsonArray }}
---
{{ include "marquee.pods" (merge (dict "track" $track) $) }}
{{- include "marquee.scaling" (merge (dict "track" $track) $) }}
{{- end }}
{{- include "marquee.services" . }}
{{- include "marquee.route" . }}
{{- include "marquee.analysis" . }}
{{- include "marquee.disruption" . }}
{{- include "marquee.networkPolicy" . }}
{{- if has "postgres" .service.dependsOn }}
{{- include "marquee.migration" . }}
{{- end }}
{{- end }}

{{- define "marquee.pods" -}}
{{- $kind := include "marquee.workloadKind" . -}}
apiVersion: {{ eq $kind "Rollout" | ternary "argoproj.io/v1alpha1" "apps/v1" }}
kind: {{ $kind }}
metadata:
  name: {{ include "marquee.trackName" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
    marquee.example/track: {{ .track }}
spec:
  {{- if eq .service.autoscaling.kind "none" }}
  replicas: {{ include "marquee.replicas" . }}
  {{- end }}
  revisionHistoryLimit: {{ .root.Values.configHistory }}
  progressDeadlineSeconds: {{ .service.progressDeadlineSeconds }}
  selector:
    matchLabels:
      {{- include "marquee.selector" . | nindent 6 }}
      marquee.example/track: {{ .track }}
  {{- if eq $kind "Rollout" }}
  strategy:
    {{- include "marquee.argoStrategy" . | nindent 4 }}
  {{- else }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 }
  {{- end }}
  template:
    {{- include "marquee.podTemplate" . | nindent 4 }}
{{- end }}

{{- /* A canary takes a small part of the traffic at first; its autoscaler adds pods as its weight grows. */ -}}
{{- define "marquee.replicas" -}}
{{- if eq .track "canary" -}}{{ min 1 (int .service.replicas) }}{{- else -}}{{ .service.replicas }}{{- end -}}
{{- end }}

{{- define "marquee.service" -}}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .serviceName }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "marquee.selector" . | nindent 4 }}
    {{- with .selectedTrack }}
    marquee.example/track: {{ . }}
    {{- end }}
  ports:
    - { name: http, port: {{ .service.port }}, targetPort: http, protocol: TCP, appProtocol: http }
{{- end }}

{{- /* Flagger makes the Services of what it rolls out itself. */ -}}
{{- define "marquee.services" -}}
{{- $name := include "marquee.fullname" . }}
{{- $strategy := .service.rollout.strategy }}
{{- if eq $strategy "rolling" }}
{{ include "marquee.service" (merge (dict "serviceName" $name "selectedTrack" "") .) }}
{{- else if eq $strategy "bluegreen" }}
{{ include "marquee.service" (merge (dict "serviceName" $name "selectedTrack" .service.rollout.active) .) }}
{{ include "marquee.service" (merge (dict "serviceName" (printf "%s-preview" $name) "selectedTrack" (include "marquee.idleColour" .)) .) }}
{{- else if eq $strategy "gatewayapi" }}
{{ include "marquee.service" (merge (dict "serviceName" $name "selectedTrack" "stable") .) }}
{{ include "marquee.service" (merge (dict "serviceName" (printf "%s-stable" $name) "selectedTrack" "stable") .) }}
{{ include "marquee.service" (merge (dict "serviceName" (printf "%s-canary" $name) "selectedTrack" "canary") .) }}
{{- else if eq $strategy "argo" }}
{{ include "marquee.service" (merge (dict "serviceName" $name "selectedTrack" "") .) }}
{{ include "marquee.service" (merge (dict "serviceName" (printf "%s-stable" $name) "selectedTrack" "") .) }}
{{ include "marquee.service" (merge (dict "serviceName" (printf "%s-canary" $name) "selectedTrack" "") .) }}
{{- end }}
{{- end }}

{{- /* Nothing for a single pod: a budget that allows no disruption stops every drain of a node. */ -}}
{{- define "marquee.disruption" -}}
{{- if gt (int .service.replicas) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "marquee.fullname" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  minAvailable: {{ sub (int .service.replicas) 1 }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "marquee.selector" . | nindent 6 }}
{{- end }}
{{- end }}
