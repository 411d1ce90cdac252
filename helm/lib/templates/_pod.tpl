{{- /* The one pod template of every strategy. Takes a workload with "track". */ -}}
{{- define "marquee.podTemplate" -}}
metadata:
  labels:
    {{- include "marquee.selector" . | nindent 4 }}
    app.kubernetes.io/part-of: marquee
    app.kubernetes.io/version: {{ include "marquee.version" . | quote }}
    marquee.example/unit: {{ include "marquee.unit" . | quote }}
    marquee.example/track: {{ .track }}
    {{- with .service.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    cluster-autoscaler.kubernetes.io/safe-to-evict: "true"
    {{- with .service.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  serviceAccountName: {{ .root.Release.Name }}-workload
  terminationGracePeriodSeconds: {{ .service.terminationGracePeriodSeconds }}
  {{- with .service.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "marquee.podSecurity" . | nindent 4 }}
  {{- include "marquee.spread" . | nindent 2 }}
  {{- if .service.secretFiles }}
  initContainers:
    - name: keys
      image: {{ include "marquee.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      # A Secret's files are readable by the group; key files that others than their owner can read are refused.
      args: ["-e", "const fs = require('node:fs'); for (const name of fs.readdirSync('/secrets')) { if (name.startsWith('.')) continue; fs.copyFileSync(`/secrets/${name}`, `/keys/${name}`); fs.chmodSync(`/keys/${name}`, 0o600); }"]
      securityContext:
        {{- include "marquee.containerSecurity" . | nindent 8 }}
      resources:
        requests: { cpu: 10m, memory: 64Mi }
        limits: { memory: 128Mi }
      volumeMounts:
        - { name: secret-files, mountPath: /secrets, readOnly: true }
        - { name: keys, mountPath: /keys }
  {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "marquee.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args:
        {{- if include "marquee.otlpEndpoint" . }}
        - --import=./libs/telemetry/src/register.ts
        {{- end }}
        - apps/{{ .name }}/src/main.ts
      ports:
        - { name: http, containerPort: {{ .service.port }}, protocol: TCP }
      envFrom:
        - configMapRef: { name: {{ include "marquee.configName" . }} }
      env:
        {{- if .service.queues }}
        - name: MARQUEE_TRACK
          valueFrom:
            fieldRef: { fieldPath: "metadata.labels['marquee.example/track']" }
        {{- end }}
        {{- if include "marquee.otlpEndpoint" . }}
        - name: MARQUEE_UNIT
          valueFrom:
            fieldRef: { fieldPath: "metadata.labels['marquee.example/unit']" }
        - { name: OTEL_RESOURCE_ATTRIBUTES, value: "service.version=$(MARQUEE_UNIT)" }
        {{- end }}
        {{- range $name, $path := .service.secretEnv }}
        - name: {{ $name }}
          valueFrom:
            secretKeyRef: { name: {{ include "marquee.secretName" (dict "path" $path "name" $name) }}, key: {{ include "marquee.secretKey" $path }} }
        {{- end }}
      # Liveness asks nothing but the process itself: a slow database must not restart what waits for it.
      startupProbe:
        httpGet: { path: {{ .service.probes.live }}, port: http }
        periodSeconds: 1
        failureThreshold: {{ .service.probes.startupSeconds }}
      livenessProbe:
        httpGet: { path: {{ .service.probes.live }}, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: { path: {{ .service.probes.ready }}, port: http }
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 2
      lifecycle:
        # Time for every proxy to hear that this pod is going, before it stops taking connections.
        preStop:
          exec: { command: [/nodejs/bin/node, -e, "setTimeout(() => {}, {{ mul 1000 (int .service.preStopSeconds) }})"] }
      securityContext:
        {{- include "marquee.containerSecurity" . | nindent 8 }}
      resources:
        {{- toYaml .service.resources | nindent 8 }}
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
        {{- if .service.secretFiles }}
        - { name: keys, mountPath: /var/run/marquee/keys, readOnly: true }
        {{- end }}
        {{- if and .service.supergraph .root.Values.supergraph }}
        - { name: supergraph, mountPath: /etc/marquee/supergraph, readOnly: true }
        {{- end }}
        {{- if .service.flags }}
        - { name: flags, mountPath: /etc/marquee/flags, readOnly: true }
        {{- end }}
        {{- range $volume, $path := .service.secretFolders }}
        - { name: {{ $volume }}, mountPath: {{ $path }}, readOnly: true }
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- if .service.secretFiles }}
    - name: keys
      emptyDir: { medium: Memory, sizeLimit: 1Mi }
    - name: secret-files
      projected:
        defaultMode: 0440
        sources:
          {{- range $name, $path := .service.secretFiles }}
          - secret:
              name: {{ include "marquee.secretName" (dict "path" $path "name" $name) }}
              items:
                - { key: {{ include "marquee.secretKey" $path }}, path: {{ $name }} }
          {{- end }}
    {{- end }}
    {{- if and .service.supergraph .root.Values.supergraph }}
    - name: supergraph
      configMap: { name: {{ include "marquee.supergraphName" . }} }
    {{- end }}
    {{- if .service.flags }}
    # Not named by its content: what it says is to change under a running pod.
    - name: flags
      configMap: { name: {{ .root.Release.Name }}-flags }
    {{- end }}
    {{- range $volume, $path := .service.secretFolders }}
    - name: {{ $volume }}
      secret: { secretName: {{ $volume }} }
    {{- end }}
{{- end }}

{{- /* "secret/key": which existing Secret, and which key of it. The chart makes no Secret. */ -}}
{{- define "marquee.secretName" -}}
{{- $parts := splitList "/" .path -}}
{{- if ne (len $parts) 2 -}}{{- fail (printf "%s must be SECRET/KEY, not %s" .name .path) -}}{{- end -}}
{{- first $parts -}}
{{- end }}
{{- define "marquee.secretKey" -}}{{- splitList "/" . | last -}}{{- end }}

{{- define "marquee.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "marquee.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: { drop: [ALL] }
{{- end }}

{{- /* Over zones and hosts, of one version among itself: an old version's pods must not push the new ones together. */ -}}
{{- define "marquee.spread" -}}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: {{ $.service.spread.whenUnsatisfiable }}
    matchLabelKeys: [{{ eq $.service.rollout.strategy "argo" | ternary "rollouts-pod-template-hash" "pod-template-hash" }}]
    labelSelector:
      matchLabels:
        {{- include "marquee.selector" $ | nindent 8 }}
  {{- end }}
{{- with .root.Values.region.name }}
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: topology.kubernetes.io/region, operator: In, values: [{{ . }}] }
{{- end }}
{{- end }}
