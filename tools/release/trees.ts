import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { workspaceRoot } from '../start/config.ts';
import { ReleaseError } from './error.ts';

/** The sources of one version. */
export type Tree = { readonly name: string; readonly directory: string };

/** A folder as it stands, or a commit, branch or tag, whose files are laid out in `scratch`. */
export function openTree(name: string, scratch: string): Tree {
  if (existsSync(join(name, 'apps'))) return { name, directory: resolve(name) };
  const directory = join(scratch, createHash('sha256').update(name).digest('hex').slice(0, 12));
  mkdirSync(directory, { recursive: true });
  try {
    const packed = execFileSync(
      'git',
      ['archive', '--format=tar', '--end-of-options', name, 'apps', 'libs'],
      {
        cwd: workspaceRoot,
        maxBuffer: 1e9,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    execFileSync('tar', ['-x', '-C', directory], { input: packed });
  } catch (cause) {
    throw new ReleaseError(`${name} is neither a folder with apps in it nor a commit of this repository.`, {
      cause,
    });
  }
  return { name, directory };
}

/** Files below a folder that count for what a process does: no tests, and nothing that is installed. */
export function sourcesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/node_modules|\.test\.ts$|\.test-support\.ts$|\.md$/.test(name))
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted();
}

function digestOf(folder: string, wanted: (name: string) => boolean = () => true): string {
  const hash = createHash('sha256');
  for (const name of sourcesOf(folder).filter(wanted))
    hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

const isSchema = (name: string) =>
  name.endsWith('.graphql') && !/(^|\/)(generated|contract|operations)\//.test(name);

export function servicesOf({ directory }: Tree): string[] {
  const apps = join(directory, 'apps');
  return readdirSync(apps).filter((name) => existsSync(join(apps, name, 'src', 'main.ts')));
}

export type Changed = {
  readonly service: string;
  /** Whether what it adds to the graph changes too. */
  readonly schema: boolean;
};

/** Services whose processes would be others than before; all of them where a library changes. */
export function changedServices(before: Tree, after: Tree): Changed[] {
  const libraries = digestOf(join(before.directory, 'libs')) !== digestOf(join(after.directory, 'libs'));
  return [...new Set([...servicesOf(before), ...servicesOf(after)])].toSorted().flatMap((service) => {
    const [old, next] = [before, after].map(({ directory }) => join(directory, 'apps', service, 'src')) as [
      string,
      string,
    ];
    const schema = digestOf(old, isSchema) !== digestOf(next, isSchema);
    return libraries || schema || digestOf(old) !== digestOf(next) ? [{ service, schema }] : [];
  });
}

/** The schemas of a mixture of versions, laid out as applications; a service may be in only one of the trees. */
export function layOutSchemas(services: ReadonlyMap<string, Tree>, directory: string): string {
  for (const [service, tree] of services) {
    const source = join(tree.directory, 'apps', service, 'src');
    for (const name of sourcesOf(source).filter(isSchema)) {
      const to = join(directory, service, 'src', name);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(source, name), to);
    }
  }
  return directory;
}
