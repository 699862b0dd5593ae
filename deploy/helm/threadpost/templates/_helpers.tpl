{{- define "threadpost.name" -}}
{{- if contains "threadpost" .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-threadpost{{ end -}}
{{- end }}

{{- define "threadpost.selector" -}}
app.kubernetes.io/name: threadpost
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "threadpost.labels" -}}
{{ include "threadpost.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* The name of the ConfigMap of routes; empty for those in the image. */ -}}
{{- define "threadpost.routes" -}}
{{- if .Values.routes.configMap }}{{ .Values.routes.configMap }}{{ else if .Values.routes.files }}{{ include "threadpost.name" . }}-routes{{ end -}}
{{- end }}

{{- define "threadpost.properties" -}}
{{- range $key, $value := .Values.settings }}
{{ $key }}={{ $value }}
{{- end }}
{{- range $key, $file := .Values.secrets.keys }}
{{ $key }}-file=/run/secrets/threadpost/{{ $file }}
{{- end }}
{{- if eq .Values.ledger.type "postgresql" }}
threadpost.ledger.url={{ required "ledger.url is required with postgresql" .Values.ledger.url }}
threadpost.ledger.username={{ .Values.ledger.username }}
{{- end }}
quarkus.management.host=0.0.0.0
{{- end }}
