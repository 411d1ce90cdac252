import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from './helm.ts';

type KeyRef = { readonly name: string; readonly key: string };
/** Of a pod, one of its labels: `metadata.labels['marquee.example/track']`. */
type FieldRef = { readonly fieldPath: string };
type Labels = Readonly<Record<string, string>>;
type Pod = {
  readonly containers: readonly {
    readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
    readonly env?: readonly {
      readonly name: string;
      readonly valueFrom: { readonly secretKeyRef: KeyRef } | { readonly fieldRef: FieldRef };
    }[];
  }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly projected?: {
      readonly sources: readonly {
        readonly secret: {
          readonly name: string;
          readonly items: readonly { readonly key: string; readonly path: string }[];
        };
      }[];
    };
  }[];
};

/** The environment of a service's container as Kubernetes would make it, its secret files laid down in `directory`. */
export function environmentOf(
  resources: readonly Resource[],
  service: string,
  secrets: ReadonlyMap<string, ReadonlyMap<string, string>>,
  directory: string,
): Record<string, string> {
  const find = (kind: string, name: string) => {
    const found = resources.find((resource) => resource.kind === kind && resource.metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name} in the render`);
    return found;
  };
  const { template } = find('Deployment', `marquee-${service}`).spec as {
    template: { metadata: { labels: Labels }; spec: Pod };
  };
  const [container] = template.spec.containers;
  const plain = find('ConfigMap', container!.envFrom[0]!.configMapRef.name).data!;
  const secret = ({ name, key }: KeyRef) => secrets.get(name)!.get(key)!;
  const label = ({ fieldPath }: FieldRef) =>
    template.metadata.labels[/^metadata\.labels\['(.+)'\]$/.exec(fieldPath)![1]!]!;
  const variables = (container!.env ?? []).map(({ name, valueFrom }) => [
    name,
    'fieldRef' in valueFrom ? label(valueFrom.fieldRef) : secret(valueFrom.secretKeyRef),
  ]);
  const projected = template.spec.volumes.find(({ name }) => name === 'secret-files')?.projected;
  const files = (projected?.sources ?? []).flatMap(({ secret: { name, items } }) =>
    items.map(({ key, path }) => {
      if (plain[path] !== `/var/run/marquee/keys/${path}`)
        throw new Error(`${service} is not told where ${path} is`);
      const file = join(directory, `${service}-${path}`);
      writeFileSync(file, secret({ name, key }), { mode: 0o600 });
      return [path, file];
    }),
  );
  return { ...plain, ...Object.fromEntries([...variables, ...files]) };
}
