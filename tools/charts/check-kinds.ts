import { join } from 'node:path';
import ts from 'typescript';
import type { Resource } from './helm.ts';

/** Where the type of each kind is. A kind that is not here is refused. */
const kinds: Readonly<Record<string, readonly [module: string, type: string]>> = {
  'v1/ConfigMap': ['kubernetes-models/v1', 'IConfigMap'],
  'v1/LimitRange': ['kubernetes-models/v1', 'ILimitRange'],
  'v1/Namespace': ['kubernetes-models/v1', 'INamespace'],
  'v1/ResourceQuota': ['kubernetes-models/v1', 'IResourceQuota'],
  'v1/Secret': ['kubernetes-models/v1', 'ISecret'],
  'v1/Service': ['kubernetes-models/v1', 'IService'],
  'v1/ServiceAccount': ['kubernetes-models/v1', 'IServiceAccount'],
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': [
    'kubernetes-models/admissionregistration.k8s.io/v1',
    'IValidatingAdmissionPolicy',
  ],
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': [
    'kubernetes-models/admissionregistration.k8s.io/v1',
    'IValidatingAdmissionPolicyBinding',
  ],
  'apps/v1/Deployment': ['kubernetes-models/apps/v1', 'IDeployment'],
  'apps/v1/StatefulSet': ['kubernetes-models/apps/v1', 'IStatefulSet'],
  'autoscaling/v2/HorizontalPodAutoscaler': ['kubernetes-models/autoscaling/v2', 'IHorizontalPodAutoscaler'],
  'batch/v1/Job': ['kubernetes-models/batch/v1', 'IJob'],
  'networking.k8s.io/v1/NetworkPolicy': ['kubernetes-models/networking.k8s.io/v1', 'INetworkPolicy'],
  'policy/v1/PodDisruptionBudget': ['kubernetes-models/policy/v1', 'IPodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1/Role': ['kubernetes-models/rbac.authorization.k8s.io/v1', 'IRole'],
  'rbac.authorization.k8s.io/v1/RoleBinding': [
    'kubernetes-models/rbac.authorization.k8s.io/v1',
    'IRoleBinding',
  ],
  'scheduling.k8s.io/v1/PriorityClass': ['kubernetes-models/scheduling.k8s.io/v1', 'IPriorityClass'],
  'argoproj.io/v1alpha1/Rollout': ['@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1', 'IRollout'],
  'argoproj.io/v1alpha1/AnalysisTemplate': [
    '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1',
    'IAnalysisTemplate',
  ],
  'gateway.networking.k8s.io/v1/HTTPRoute': [
    '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1',
    'IHTTPRoute',
  ],
  'keda.sh/v1alpha1/ScaledObject': ['@kubernetes-models/keda/keda.sh/v1alpha1', 'IScaledObject'],
  'monitoring.coreos.com/v1/PodMonitor': [
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
    'IPodMonitor',
  ],
  'monitoring.coreos.com/v1/PrometheusRule': [
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
    'IPrometheusRule',
  ],
  'flagger.app/v1beta1/Canary': ['./operator-kinds.ts', 'Canary'],
  'flagger.app/v1beta1/MetricTemplate': ['./operator-kinds.ts', 'MetricTemplate'],
  'postgresql.cnpg.io/v1/Cluster': ['./operator-kinds.ts', 'PostgresCluster'],
};

type Typed = {
  readonly module: string;
  readonly type: string;
  readonly value: unknown;
  readonly name: string;
};

/** A Rollout's own type leaves its pod template open; it is a pod template like any other. */
function typed(resource: Resource): Typed[] {
  const key = `${resource.apiVersion}/${resource.kind}`;
  const kind = kinds[key];
  if (!kind) throw new Error(`${key} has no type in tools/charts/check-kinds.ts`);
  const name = `${resource.kind} ${resource.metadata.name}`;
  const own = { module: kind[0], type: kind[1], value: resource, name };
  if (resource.kind !== 'Rollout') return [own];
  const { template } = resource.spec as { template: unknown };
  return [own, { module: 'kubernetes-models/v1', type: 'IPodTemplateSpec', value: template, name }];
}

function source(all: readonly Typed[]): string {
  const imports = [...new Set(all.map(({ module, type }) => `import type { ${type} } from '${module}';`))];
  const values = all.map(
    ({ type, value, name }, place) =>
      `export const r${place} = ${JSON.stringify(value)} satisfies ${type}; // ${name}`,
  );
  return [...imports, ...values].join('\n');
}

/**
 * Checks resources against the types of their kinds: fields that a kind does not have, values of another type, required
 * fields that are missing. Answers the faults, each with the resource's name. The compiler does it, as it refuses
 * unknown fields of literals at any depth, and one way does for the kinds of the core and of operators.
 */
export function checkKinds(resources: readonly Resource[]): string[] {
  const unique = [...new Map(resources.map((resource) => [JSON.stringify(resource), resource])).values()];
  const all = unique.flatMap(typed);
  const file = join(import.meta.dirname, 'rendered-resources.ts');
  const text = source(all);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? text : readFile(path));
  host.getSourceFile = (path, ...rest) =>
    path === file
      ? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
      : getSourceFile.call(host, path, ...rest);
  const program = ts.createProgram([file], options, host);
  const lines = text.split('\n');
  return ts.getPreEmitDiagnostics(program).map((fault) => {
    const line =
      fault.file?.fileName === file ? fault.file.getLineAndCharacterOfPosition(fault.start ?? 0).line : 0;
    const name = lines[line]?.split(' // ').at(-1)?.slice(0, 100);
    return `${name}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`;
  });
}
