import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { renderResources, type Resource } from './helm.ts';

const usage = `node tools/charts/secrets.ts [--namespace marquee] [--postgres postgres:5432] | kubectl apply -f -

Prints every Secret that the chart expects, made anew, for a try-out. Each run makes others: run it once, and for a
platform that lasts keep what it printed where you keep secrets.
`;

const fresh = () => randomBytes(32).toString('base64url');

function signingKey(): string {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return JSON.stringify({ ...key, kid: randomBytes(8).toString('hex'), alg: 'EdDSA', use: 'sig' });
}

function encryptionKeys(): string {
  const id = crypto.randomUUID();
  return JSON.stringify({ current: id, keys: { [id]: randomBytes(32).toString('base64') } });
}

type PodSpec = {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly {
    readonly projected?: {
      readonly sources: readonly { readonly secret: { name: string; items: readonly { key: string }[] } }[];
    };
  }[];
};
type Container = {
  readonly env?: readonly {
    readonly valueFrom?: { readonly secretKeyRef?: { name: string; key: string } };
  }[];
};

/** `secret/key` of everything that the pods of these resources are given. */
export function neededSecrets(resources: readonly Resource[]): string[] {
  const needed = resources.flatMap((resource) => {
    const spec = (resource.spec as { template?: { spec?: PodSpec } } | undefined)?.template?.spec;
    if (!spec) return [];
    const variables = [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [valueFrom.secretKeyRef] : [])),
    );
    const files = (spec.volumes ?? []).flatMap(({ projected }) =>
      (projected?.sources ?? []).flatMap(({ secret }) =>
        secret.items.map(({ key }) => ({ name: secret.name, key })),
      ),
    );
    return [...variables, ...files].map(({ name, key }) => `${name}/${key}`);
  });
  return [...new Set(needed)].toSorted();
}

/** A value for each key, by what the key is called. Throws for one that it does not know. */
export function makeSecrets(needed: readonly string[], postgres: string): Map<string, Map<string, string>> {
  const superuser = fresh();
  const passwords = new Map<string, string>();
  const address = (service: string, role: 'app' | 'owner') => {
    const database = `marquee_${service.replaceAll('-', '_')}`;
    const user = `${database}_${role}`;
    passwords.set(user, passwords.get(user) ?? fresh());
    return `postgres://${user}:${passwords.get(user)}@${postgres}/${database}`;
  };
  const valueOf = (service: string, key: string): string => {
    if (key === 'DATABASE_URL') return address(service, 'app');
    if (key === 'DATABASE_OWNER_URL') return address(service, 'owner');
    if (key === 'DATABASE_ADMIN_URL') return `postgres://postgres:${superuser}@${postgres}/postgres`;
    if (key === 'postgres-password') return superuser;
    if (key.endsWith('-secret')) return fresh();
    if (key.endsWith('-signing.jwk.json')) return signingKey();
    if (key === 'field-encryption.json') return encryptionKeys();
    throw new Error(`no value is known for ${service}/${key}`);
  };
  const secrets = new Map<string, Map<string, string>>();
  for (const path of needed) {
    const [name, key] = path.split('/') as [string, string];
    const secret = secrets.get(name) ?? new Map<string, string>();
    secrets.set(name, secret.set(key, valueOf(name.replace(/^marquee-/, ''), key)));
  }
  return secrets;
}

function main(): number {
  const { values } = parseArgs({
    options: {
      namespace: { type: 'string', default: 'marquee' },
      postgres: { type: 'string', default: 'postgres:5432' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const needed = [
    ...neededSecrets(renderResources({ examples: ['minimal'] })),
    'marquee-platform/postgres-password',
  ];
  for (const [name, data] of makeSecrets(needed, values.postgres)) {
    const metadata = { name, namespace: values.namespace };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: Object.fromEntries(data) };
    process.stdout.write(`---\n${stringify(secret, { lineWidth: 0 })}`);
  }
  return 0;
}

if (import.meta.main) process.exitCode = main();
