{{- /* Every template below takes a workload: (dict "root" $ "name" "events" "service" <the service's values>). */ -}}

{{- define "marquee.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .name | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{- /* What selects a service's pods; never changes in the life of a workload. */ -}}
{{- define "marquee.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "marquee.labels" -}}
{{ include "marquee.selector" . }}
app.kubernetes.io/part-of: marquee
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- /* The version a track runs: tracks are stable, canary, blue and green. */ -}}
{{- define "marquee.version" -}}
{{- $rollout := .service.rollout -}}
{{- if eq .track "canary" -}}
{{- $rollout.next -}}
{{- else if has .track (list "blue" "green") -}}
{{- get $rollout.colours .track | default .root.Values.version -}}
{{- else -}}
{{- .service.version | default .root.Values.version -}}
{{- end -}}
{{- end }}

{{- /* By digest where the version's digest is known, else by tag. */ -}}
{{- define "marquee.image" -}}
{{- $version := include "marquee.version" . -}}
{{- $digest := get .root.Values.image.digests $version -}}
{{- if $digest -}}
{{- printf "%s@%s" .root.Values.image.repository $digest -}}
{{- else -}}
{{- printf "%s:%s" .root.Values.image.repository $version -}}
{{- end -}}
{{- end }}

{{- /* The track that gets what is coming. */ -}}
{{- define "marquee.newestTrack" -}}
{{- $rollout := .service.rollout -}}
{{- if eq $rollout.strategy "bluegreen" -}}
{{- include "marquee.idleColour" . -}}
{{- else if and (eq $rollout.strategy "gatewayapi") $rollout.next -}}
canary
{{- else -}}
stable
{{- end -}}
{{- end }}

{{- /* What is released as one and goes back as one: image, settings, supergraph. Metrics are told apart by it. */ -}}
{{- define "marquee.unit" -}}
{{- $content := printf "%s\n%s" (include "marquee.environment" .) (.service.supergraph | ternary .root.Values.supergraph "") -}}
{{- printf "%s-%s" (include "marquee.version" .) ($content | sha256sum | trunc 8) -}}
{{- end }}

{{- /* The unit that an analysis judges: the one that is coming. */ -}}
{{- define "marquee.judgedUnit" -}}
{{- include "marquee.unit" (merge (dict "track" (include "marquee.newestTrack" .)) .) -}}
{{- end }}

{{- define "marquee.idleColour" -}}
{{- if eq .service.rollout.active "blue" -}}green{{- else -}}blue{{- end -}}
{{- end }}

{{- /* The tracks of a workload, each a set of pods. */ -}}
{{- define "marquee.tracks" -}}
{{- $rollout := .service.rollout -}}
{{- if eq $rollout.strategy "bluegreen" -}}
{{- list "blue" "green" | toJson -}}
{{- else if and (eq $rollout.strategy "gatewayapi") $rollout.next -}}
{{- list "stable" "canary" | toJson -}}
{{- else -}}
{{- list "stable" | toJson -}}
{{- end -}}
{{- end }}

{{- /* A track's workload: the stable one has the service's own name. */ -}}
{{- define "marquee.trackName" -}}
{{- if eq .track "stable" -}}{{ include "marquee.fullname" . }}{{- else -}}{{ include "marquee.fullname" . }}-{{ .track }}{{- end -}}
{{- end }}

{{- define "marquee.workloadKind" -}}
{{- if eq .service.rollout.strategy "argo" -}}Rollout{{- else -}}Deployment{{- end -}}
{{- end }}
