import { stringify } from 'yaml';
import { readResources, render, type Resource } from './helm.ts';
import { writeOrCheck } from './write-or-check.ts';

const usage = `node tools/charts/main.ts [--check]

Renders helm/platform for every file in helm/platform/examples (helm/generated), and from the minimal one the platform that
k8s/try-out applies without Helm.

  --check   writes nothing; exits 1 where a file is not what it would be
`;

/** What is rendered and committed: a change of a template shows what it changes. */
const examples = [
  'minimal',
  'highly-available',
  'multi-region',
  'rolling',
  'gatewayapi',
  'argo',
  'flagger',
  'bluegreen',
  'carry-out',
] as const;

/** Hooks are Helm's: without it a migration is a Job like any other, and gone after a day. */
function withoutHooks(resource: Resource): Resource {
  const { annotations, ...metadata } = resource.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !name.startsWith('helm.sh/'));
  return {
    ...resource,
    metadata: { ...metadata, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
  };
}

/** Kinds that a cluster has only with an operator: a try-out needs none. */
const builtIn = /^(v1|apps\/v1|batch\/v1|policy\/v1|networking\.k8s\.io\/v1|autoscaling\/v2)$/;

function generated(): Map<string, string> {
  const renders = new Map<string, string>(
    examples.map((name) => [`helm/generated/${name}.yaml`, render({ examples: [name] })]),
  );
  const resources = readResources(renders.get('helm/generated/minimal.yaml')!)
    .filter(({ apiVersion }) => builtIn.test(apiVersion))
    .map(withoutHooks);
  const banner = '# Rendered from helm/platform by `npm run generate`. Do not edit.\n';
  const documents = resources.map((resource) =>
    stringify(resource, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  renders.set('k8s/try-out/generated/platform.yaml', `${banner}---\n${documents.join('---\n')}`);
  return renders;
}

process.exitCode = await writeOrCheck(usage, generated);
