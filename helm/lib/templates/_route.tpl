{{- /*
The HTTPRoute of a service whose traffic is divided. Its weights have one owner, named in an annotation: the controller
of the strategy. Helm renders where a roll-out starts; flagger makes the route itself.
*/ -}}
{{- define "marquee.route" -}}
{{- $name := include "marquee.fullname" . }}
{{- $strategy := .service.rollout.strategy }}
{{- $divided := has $strategy (list "gatewayapi" "argo") }}
{{- if or $divided (and .service.expose (ne $strategy "flagger")) }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ $name }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
  annotations:
    marquee.example/weights-owner: {{ get (dict "gatewayapi" "marquee-rollout" "argo" "argo-rollouts") $strategy | default "helm" }}
spec:
  parentRefs:
    {{- if .service.expose }}
    {{- toYaml .root.Values.ingress.gatewayRefs | nindent 4 }}
    {{- else }}
    - { group: "", kind: Service, name: {{ $name }}, port: {{ .service.port }} }
    {{- end }}
  {{- if .service.expose }}
  hostnames:
    {{- toYaml .root.Values.ingress.hostnames | nindent 4 }}
  {{- end }}
  rules:
    - matches:
        - path: { type: PathPrefix, value: / }
      backendRefs:
        {{- if $divided }}
        - { group: "", kind: Service, name: {{ $name }}-stable, port: {{ .service.port }}, weight: 100 }
        {{- /* Without a coming version its weight must not outlive its pods, whoever moved it meanwhile. */}}
        {{- if or (eq $strategy "argo") .service.rollout.next }}
        - { group: "", kind: Service, name: {{ $name }}-canary, port: {{ .service.port }}, weight: 0 }
        {{- end }}
        {{- else }}
        - { group: "", kind: Service, name: {{ $name }}, port: {{ .service.port }}, weight: 1 }
        {{- end }}
{{- end }}
{{- end }}
