{{- /* HPA for what answers HTTP, KEDA for what works off a stream; one autoscaler a track. */ -}}
{{- define "marquee.scaling" -}}
{{- $scaling := .service.autoscaling }}
{{- if ne $scaling.kind "none" }}
{{- $target := dict "apiVersion" (eq (include "marquee.workloadKind" .) "Rollout" | ternary "argoproj.io/v1alpha1" "apps/v1") "kind" (include "marquee.workloadKind" .) "name" (include "marquee.trackName" .) }}
---
{{- if eq $scaling.kind "hpa" }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "marquee.trackName" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    {{- toYaml $target | nindent 4 }}
  minReplicas: {{ include "marquee.replicas" . }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $scaling.cpuPercent }} }
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
      policies:
        - { type: Percent, value: 100, periodSeconds: 15 }
        - { type: Pods, value: 4, periodSeconds: 15 }
      selectPolicy: Max
    scaleDown:
      stabilizationWindowSeconds: 300
      policies:
        - { type: Percent, value: 20, periodSeconds: 60 }
{{- else }}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ include "marquee.trackName" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    {{- toYaml $target | nindent 4 }}
  minReplicaCount: {{ include "marquee.replicas" . }}
  maxReplicaCount: {{ $scaling.maxReplicas }}
  pollingInterval: 15
  cooldownPeriod: 300
  # Blind, it keeps what carried the load before rather than scaling to the least.
  fallback:
    failureThreshold: 3
    replicas: {{ $scaling.fallbackReplicas }}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: {{ .root.Values.analysis.prometheus }}
        query: sum(marquee_consumer_lag_events{service="{{ .name }}"})
        threshold: {{ $scaling.lagPerReplica | quote }}
    - type: cpu
      metricType: Utilization
      metadata:
        value: {{ $scaling.cpuPercent | quote }}
{{- end }}
{{- end }}
{{- end }}
