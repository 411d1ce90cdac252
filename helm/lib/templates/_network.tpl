{{- /* Who may talk to a service, and to whom it may talk: its dependsOn, read both ways. All else is denied. */ -}}
{{- define "marquee.networkPolicy" -}}
{{- if .root.Values.networkPolicy.enabled }}
{{- $values := .root.Values }}
{{- $me := .name }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "marquee.fullname" . }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "marquee.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- $callers := list }}
    {{- range $name, $service := $values.services }}
    {{- if and $service.enabled (has $me $service.dependsOn) }}{{- $callers = append $callers $name }}{{- end }}
    {{- end }}
    {{- if $callers }}
    - from:
        {{- range $callers }}
        - podSelector:
            matchLabels: { app.kubernetes.io/name: {{ . }}, app.kubernetes.io/instance: {{ $.root.Release.Name }} }
        {{- end }}
      ports: [{ protocol: TCP, port: http }]
    {{- end }}
    {{- if .service.expose }}
    - from:
        {{- range $values.networkPolicy.ingressNamespaces }}
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{ . }} }
        {{- end }}
      ports: [{ protocol: TCP, port: http }]
    {{- end }}
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{ $values.networkPolicy.monitoringNamespace }} }
      ports: [{ protocol: TCP, port: http }]
  egress:
    {{- include "marquee.egress" . | nindent 4 }}
{{- end }}
{{- end }}

{{- define "marquee.egress" -}}
{{- $values := .root.Values -}}
- to:
    - namespaceSelector:
        matchLabels: { kubernetes.io/metadata.name: kube-system }
      podSelector:
        matchLabels: { k8s-app: kube-dns }
  ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
{{- range $peer := .service.dependsOn }}
{{- if hasKey $values.services $peer }}
- to:
    - podSelector:
        matchLabels: { app.kubernetes.io/name: {{ $peer }}, app.kubernetes.io/instance: {{ $.root.Release.Name }} }
  ports: [{ protocol: TCP, port: http }]
{{- else }}
{{- $store := get $values.dataStores $peer }}
{{- if ne $store.mode "external" }}
- to:
    - podSelector:
        matchLabels: {{ eq $peer "postgres" | ternary (dict "cnpg.io/cluster" (printf "%s-postgres" $.root.Release.Name)) (dict "app.kubernetes.io/name" "nats" "app.kubernetes.io/instance" (printf "%s-nats" $.root.Release.Name)) | toJson }}
{{- else }}
- to:
    {{- range $store.cidrs }}
    - ipBlock: { cidr: {{ . }} }
    {{- end }}
{{- end }}
  ports: [{ protocol: TCP, port: {{ $store.port }} }]
{{- end }}
{{- end }}
{{- if .service.internet }}
# The internet and nothing of ours: a webhook's address is chosen by a customer.
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: {{ $values.networkPolicy.privateRanges | toJson }}
  ports: [{ protocol: TCP, port: 443 }]
{{- end }}
{{- if $values.telemetry.collector.enabled }}
- to:
    - podSelector:
        matchLabels: { app.kubernetes.io/name: collector, app.kubernetes.io/instance: {{ .root.Release.Name }}-collector }
  ports: [{ protocol: TCP, port: 4318 }]
{{- end }}
{{- with $values.telemetry.collectorNamespace }}
- to:
    - namespaceSelector:
        matchLabels: { kubernetes.io/metadata.name: {{ . }} }
  ports: [{ protocol: TCP, port: 4318 }]
{{- end }}
{{- end }}
