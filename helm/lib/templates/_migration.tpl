{{- /*
Expand-only migrations, before anything of the new version starts. One try: a migration that failed is for a person. The
data stores that the chart itself makes are not there before the first installation, so it follows them then.
*/ -}}
{{- define "marquee.migration" -}}
{{- if .root.Values.region.primary }}
{{- $track := include "marquee.newestTrack" . }}
{{- $context := merge (dict "track" $track) . }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "marquee.fullname" . }}-migrate
  labels:
    {{- include "marquee.labels" . | nindent 4 }}
    app.kubernetes.io/component: migrate
  annotations:
    helm.sh/hook: {{ eq .root.Values.dataStores.postgres.mode "operator" | ternary "post-install,pre-upgrade" "pre-install,pre-upgrade" }}
    helm.sh/hook-weight: "-5"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 0
  activeDeadlineSeconds: {{ .root.Values.migrations.deadlineSeconds }}
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ .name }}
        app.kubernetes.io/instance: {{ .root.Release.Name }}-migrate
        app.kubernetes.io/component: migrate
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        {{- include "marquee.podSecurity" . | nindent 8 }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: migrate
          image: {{ include "marquee.image" $context }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          args: [tools/migrate/main.ts, {{ .name }}]
          env:
            {{- $secrets := dict "DATABASE_OWNER_URL" (printf "%s/DATABASE_OWNER_URL" (include "marquee.secretName" (dict "path" (required (printf "services.%s: dependsOn postgres needs secretEnv.DATABASE_URL" .name) .service.secretEnv.DATABASE_URL) "name" "DATABASE_URL"))) }}
            {{- with .root.Values.dataStores.postgres.adminUrl }}
            {{- $_ := set $secrets "DATABASE_ADMIN_URL" . }}
            {{- $_ := set $secrets "DATABASE_URL" $.service.secretEnv.DATABASE_URL }}
            {{- end }}
            {{- range $name, $path := $secrets }}
            - name: {{ $name }}
              valueFrom:
                secretKeyRef: { name: {{ include "marquee.secretName" (dict "path" $path "name" $name) }}, key: {{ include "marquee.secretKey" $path }} }
            {{- end }}
          securityContext:
            {{- include "marquee.containerSecurity" . | nindent 12 }}
          resources:
            requests: { cpu: 100m, memory: 192Mi }
            limits: { memory: 384Mi }
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
      volumes:
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
{{- end }}
{{- end }}
