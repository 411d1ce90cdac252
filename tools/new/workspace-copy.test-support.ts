import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const copied = ['apps', 'libs', 'tools', 'helm', 'k8s'];
const rootFiles =
  /^(package(-lock)?\.json|nx\.json|tsconfig.*\.json|jest\.config\.mjs|eslint\.config\.mjs|\.prettier.*)$/;
const left = new Set(['node_modules', 'coverage', 'dist']);

/** The workspace in a folder of its own, with the same packages; our own names lead to the copy. */
export function copyWorkspace(): { readonly root: string; remove(): void } {
  const copy = mkdtempSync(join(tmpdir(), 'marquee-new-'));
  // PostgreSQL runs as another user than root, who must get through to its binaries.
  chmodSync(copy, 0o755);
  const filter = (source: string) => !left.has(basename(source));
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true, filter });
  for (const name of readdirSync(root)) if (rootFiles.test(name)) cpSync(join(root, name), join(copy, name));
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@marquee'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@marquee' && name !== '.cache')
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(copy, 'libs'))) {
    if (existsSync(join(copy, 'libs', name, 'package.json')))
      symlinkSync(join(copy, 'libs', name), join(modules, '@marquee', name));
  }
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
