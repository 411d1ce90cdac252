import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
};

export type Package = {
  /** From the root: `node_modules/pg`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity: string;
};

export type Contents = {
  /** Source files of ours, from the root, in order. */
  readonly sources: readonly string[];
  /** Libraries of ours: `postgres`. */
  readonly libs: readonly string[];
  readonly packages: readonly Package[];
};

/** Tools that run in a cluster beside the services, and what they import. The other tools of this checkout do not. */
const tools = ['tools/migrate/main.ts', 'tools/rollout/main.ts'];
const imported = /^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'/gms;
const isSource = (file: string) =>
  /\.(ts|mjs|graphql|sql|json|svg|html|css)$/.test(file) &&
  !/(\.test|\.test-support|\.d)\.ts$|(^|\/)(fixtures|tsconfig\.json)/.test(file);

function filesUnder(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .filter((file) => isSource(file) && !file.includes('node_modules'));
}

/** These files and all of ours that they import by their path, types aside. */
function withImported(root: string, files: readonly string[]): string[] {
  const found = new Set(files);
  for (const file of found)
    for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(imported))
      found.add(posix.join(posix.dirname(file), path!));
  return [...found];
}

/** Which of these names a source mentions as a module: `'pg'`, `'pg/lib/utils'`. */
function mentioned(texts: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) =>
    texts.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`)),
  );
}

/** As Node looks for a package: in the folder of who asks, and in every one above it. */
function locate(locked: Readonly<Record<string, Locked>>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (locked[path]) return path;
    if (at === '') return undefined;
  }
}

/** The packages that these need, theirs too; what is only for another platform is not installed and left out. */
function closure(root: string, locked: Readonly<Record<string, Locked>>, names: readonly string[]): string[] {
  const found = new Set<string>();
  const queue = names.map((name) => ({ from: '', name, needed: true }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    const path = locate(locked, next.from, next.name);
    if (!path || !existsSync(join(root, path))) {
      if (next.needed)
        throw new Error(`${next.name} is needed by ${next.from || 'our sources'} and not installed`);
      continue;
    }
    if (found.has(path)) continue;
    found.add(path);
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = locked[path]!;
    for (const name of Object.keys(dependencies))
      queue.push({ from: path, name, needed: !(name in optionalDependencies) });
    for (const name of Object.keys(optionalDependencies)) queue.push({ from: path, name, needed: false });
    for (const name of Object.keys(peerDependencies))
      if (!peerDependenciesMeta[name]?.optional) queue.push({ from: path, name, needed: true });
  }
  return [...found].toSorted();
}

/** What the image holds: our sources that run, and the packages that these import, with all that those need. */
export function contentsOf(root: string): Contents {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const { packages: locked } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const apps = readdirSync(join(root, 'apps')).filter((app) =>
    existsSync(join(root, 'apps', app, 'src/main.ts')),
  );
  const ofProject = (project: string) => [`${project}/package.json`, ...filesUnder(root, `${project}/src`)];
  const sources = [...withImported(root, tools), ...apps.flatMap((app) => ofProject(`apps/${app}`))];
  const every = readdirSync(join(root, 'libs')).map((lib) => `@marquee/${lib}`);
  const libs = new Set<string>();
  let texts = sources.map(read);
  // The logs' instrumentation is preloaded by name, so no source imports it.
  const waiting = mentioned(texts, every);
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const lib = name.replace('@marquee/', '');
    if (libs.has(lib)) continue;
    libs.add(lib);
    const files = ofProject(`libs/${lib}`);
    const more = files.map(read);
    sources.push(...files);
    texts = [...texts, ...more];
    waiting.push(...mentioned(more, every));
  }
  const packages = closure(root, locked, mentioned(texts, Object.keys(dependencies)))
    .filter((path) => !locked[path]!.link)
    .map((path) => {
      const { version = '', license = '', integrity = '' } = locked[path]!;
      return { path, name: path.split('node_modules/').at(-1)!, version, license, integrity };
    });
  return { sources: ['package.json', ...sources.toSorted()], libs: [...libs].toSorted(), packages };
}
