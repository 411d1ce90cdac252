{{- /* The plain settings of a service, as the environment its config.ts reads. */ -}}
{{- define "marquee.environment" -}}
{{- $values := .root.Values -}}
{{- $own := dict "HOST" "0.0.0.0" "PORT" (.service.port | toString) "LOG_LEVEL" $values.logLevel "NODE_ENV" "production" -}}
{{- $_ := set $own "OTEL_SERVICE_NAME" .name -}}
{{- $_ := set $own "MARQUEE_PUBLIC_URL" $values.publicUrl -}}
{{- with include "marquee.otlpEndpoint" . -}}
{{- $_ := set $own "OTEL_EXPORTER_OTLP_ENDPOINT" . -}}
{{- /* Prometheus asks for metrics itself: what two ways bring would be counted twice. */ -}}
{{- $_ := set $own "OTEL_METRICS_EXPORTER" $values.telemetry.metrics -}}
{{- end -}}
{{- if has "nats" .service.dependsOn -}}
{{- $_ := set $own "NATS_URL" (include "marquee.natsUrl" .) -}}
{{- $_ := set $own "NATS_NAMESPACE" $values.dataStores.nats.namespace -}}
{{- end -}}
{{- $root := .root -}}
{{- range $peer := .service.dependsOn -}}
{{- if hasKey $values.services $peer -}}
{{- /* A subgraph's address is that of its graph; the gateway's is that of all its paths. */ -}}
{{- $path := (get $values.services $peer).supergraph | ternary "" "/graphql" -}}
{{- $url := printf "http://%s:%v%s" (include "marquee.fullname" (dict "root" $root "name" $peer)) (get $values.services $peer).port $path -}}
{{- $_ := set $own (printf "%s_URL" (upper $peer | replace "-" "_")) $url -}}
{{- else if not (has $peer (list "postgres" "nats")) -}}
{{- fail (printf "services.%s.dependsOn names %s, which is no service of this chart, nor postgres or nats" $.name $peer) -}}
{{- end -}}
{{- end -}}
{{- range $name, $path := .service.secretFiles -}}
{{- $_ := set $own $name (printf "/var/run/marquee/keys/%s" $name) -}}
{{- end -}}
{{- if .service.supergraph -}}
{{- if $values.supergraph -}}
{{- $_ := set $own "MARQUEE_SUPERGRAPH_FILE" "/etc/marquee/supergraph/supergraph.graphql" -}}
{{- end -}}
{{- end -}}
{{- if .service.flags -}}
{{- $_ := set $own "MARQUEE_FLAGS_FILE" "/etc/marquee/flags/flags.json" -}}
{{- end -}}
{{- range $name, $value := .service.settings -}}
{{- $_ := set $own $name ($value | toString) -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{- define "marquee.natsUrl" -}}
{{- $nats := .root.Values.dataStores.nats -}}
{{- if eq $nats.mode "statefulset" -}}nats://{{ .root.Release.Name }}-nats:4222{{- else -}}{{ required "dataStores.nats.url is needed in mode external" $nats.url }}{{- end -}}
{{- end }}

{{- define "marquee.configName" -}}
{{- printf "%s-config-%s" (include "marquee.fullname" .) (include "marquee.environment" . | sha256sum | trunc 10) -}}
{{- end }}

{{- define "marquee.supergraphName" -}}
{{- printf "%s-supergraph-%s" (include "marquee.fullname" .) (.root.Values.supergraph | sha256sum | trunc 10) -}}
{{- end }}

{{- /*
A ConfigMap named by its content, and the newest of those before it: a pod of the version before finds what it was made
with, also after a node is lost half-way through a roll-out or a roll-back. Those of before are read from the cluster and
written again as they are, so that Helm keeps them; the oldest drop out and Helm deletes them. Without a cluster
(helm template) there are none.
*/ -}}
{{- define "marquee.keptConfig" -}}
{{- $kind := printf "%s.%s" .name .kind -}}
{{- include "marquee.configMap" (dict "root" .root "name" .name "kind" $kind "mapName" .mapName "data" .data "since" (.root.Release.Revision | toString)) }}
{{- $found := (lookup "v1" "ConfigMap" .root.Release.Namespace "").items | default list -}}
{{- $before := dict -}}
{{- range $map := $found -}}
{{- $labels := $map.metadata.labels | default dict -}}
{{- if and (eq (get $labels "app.kubernetes.io/instance" | default "") $.root.Release.Name) (eq (get $labels "marquee.example/config-of" | default "") $kind) (ne $map.metadata.name $.mapName) -}}
{{- $since := get ($map.metadata.annotations | default dict) "marquee.example/since-revision" | default "0" -}}
{{- $_ := set $before (printf "%08d/%s" (atoi $since) $map.metadata.name) $map -}}
{{- end -}}
{{- end -}}
{{- $names := keys $before | sortAlpha | reverse -}}
{{- range $place, $key := $names -}}
{{- if lt (add1 $place) (int $.root.Values.configHistory) }}
{{- $map := get $before $key }}
---
{{ include "marquee.configMap" (dict "root" $.root "name" $.name "kind" $kind "mapName" $map.metadata.name "data" $map.data "since" (get $map.metadata.annotations "marquee.example/since-revision" | default "0")) }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "marquee.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .mapName }}
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
    marquee.example/config-of: {{ .kind }}
  annotations:
    marquee.example/since-revision: {{ .since | quote }}
immutable: true
data:
  {{- toYaml .data | nindent 2 }}
{{- end }}
