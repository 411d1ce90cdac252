import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const root = join(import.meta.dirname, '..', '..');
export const chart = join(root, 'helm', 'platform');

/** The Kubernetes that is rendered for; Helm's own default is years old. */
export const kubeVersion = '1.33.0';

/** Any resource, as far as these tools look into it. */
export type Resource = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
};

export type Render = {
  /** Names of files in helm/platform/examples, without `.yaml`; later ones win. */
  readonly examples?: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly release?: string;
};

/** The Helm of this checkout where npm brought one, else that on the PATH. */
export function helmBinary(): string {
  const own = join(root, 'node_modules', '.bin', 'helm');
  return existsSync(own) ? own : 'helm';
}

/** Runs Helm and answers what it printed. Throws what it said where it refused. */
export function helm(...args: string[]): string {
  try {
    return execFileSync(helmBinary(), args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new Error(
        'There is no Helm here: install Helm 3.6 or later (https://helm.sh/docs/intro/install).',
        {
          cause: error,
        },
      );
    // Helm tells of the link to the library chart each time.
    throw new Error((stderr ?? String(error)).replaceAll(/^walk\.go.*\n/gm, ''), { cause: error });
  }
}

/** `helm template` of the platform chart, without a cluster. */
export function render({ examples = [], set = {}, files = [], release = 'marquee' }: Render = {}): string {
  return helm(
    'template',
    release,
    chart,
    ...['--kube-version', kubeVersion, '--namespace', 'marquee'],
    ...examples.flatMap((name) => ['--values', join(chart, 'examples', `${name}.yaml`)]),
    ...files.flatMap((file) => ['--values', file]),
    ...Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  );
}

export function readResources(text: string): Resource[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Resource | null)
    .filter((resource): resource is Resource => resource !== null);
}

export function renderResources(options: Render = {}): Resource[] {
  return readResources(render(options));
}
