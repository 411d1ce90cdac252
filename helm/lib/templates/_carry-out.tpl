{{- /*
A Job that carries a plan out, or settles it (tools/rollout/main.ts). It is named by what it does, so that another plan is another
Job. Helm does not wait for it: it takes hours, and goes on where it was when its pod is lost. Takes "root" and the "name" of the
roll-out's ServiceAccount.
*/ -}}
{{- define "marquee.carryOut" -}}
{{- $values := .root.Values }}
{{- $carryOut := $values.carryOut }}
{{- if $carryOut.plan }}
{{- $hash := printf "%s %s" $carryOut.command $carryOut.plan | sha256sum | trunc 10 }}
{{- $instance := printf "%s-carry-out" .root.Release.Name }}
{{- $selector := dict "app.kubernetes.io/name" "carry-out" "app.kubernetes.io/instance" $instance }}
{{- $image := dict "root" .root "track" "stable" "service" (dict "version" "" "rollout" dict) }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $instance }}-{{ $hash }}
  labels: {{ $selector | toJson }}
immutable: true
data:
  plan.json: {{ $carryOut.plan | quote }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $instance }}-{{ $hash }}
  labels: {{ $selector | toJson }}
spec:
  backoffLimit: 20
  # 1: it was taken back, which is an end too. All else, a lost node among it, is begun again, and goes on.
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes: { containerName: carry-out, operator: In, values: [1] }
      - action: Ignore
        onPodConditions: [{ type: DisruptionTarget, status: "True" }]
  template:
    metadata:
      labels: {{ $selector | toJson }}
    spec:
      restartPolicy: Never
      serviceAccountName: {{ .name }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      securityContext:
        {{- include "marquee.podSecurity" . | nindent 8 }}
      {{- with $values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: carry-out
          image: {{ include "marquee.image" $image }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          args:
            - tools/rollout/main.ts
            - {{ $carryOut.command }}
            - /etc/marquee/plan/plan.json
            - --namespace={{ .root.Release.Namespace }}
            - --release={{ .root.Release.Name }}
            - --nats={{ include "marquee.natsUrl" . }}
            - --nats-namespace={{ $values.dataStores.nats.namespace }}
          securityContext:
            {{- include "marquee.containerSecurity" . | nindent 12 }}
          resources:
            requests: { cpu: 50m, memory: 192Mi }
            limits: { memory: 384Mi }
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
            - { name: plan, mountPath: /etc/marquee/plan, readOnly: true }
      volumes:
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
        - name: plan
          configMap: { name: {{ $instance }}-{{ $hash }} }
{{- if $values.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $instance }}
  labels: {{ $selector | toJson }}
spec:
  podSelector:
    matchLabels: {{ $selector | toJson }}
  policyTypes: [Egress]
  egress:
    {{- include "marquee.egress" (dict "root" .root "name" "carry-out" "service" (dict "dependsOn" (list "nats") "internet" false)) | nindent 4 }}
    # The analyses are asked of Prometheus.
    - to:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{ $values.networkPolicy.monitoringNamespace }} }
      ports: [{ protocol: TCP, port: {{ regexFind ":[0-9]+$" (urlParse $values.analysis.prometheus).host | trimPrefix ":" | default "80" }} }]
    - to:
        {{- range $carryOut.apiServer.cidrs }}
        - ipBlock: { cidr: {{ . }} }
        {{- end }}
      ports:
        {{- range $carryOut.apiServer.ports }}
        - { protocol: TCP, port: {{ . }} }
        {{- end }}
{{- end }}
{{- end }}
{{- end }}
