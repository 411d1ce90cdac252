import { watch } from 'node:fs';
import { join } from 'node:path';

/** What a changed file means for the running platform. */
export type Change =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'schema'; readonly name: string }
  | { readonly kind: 'migrations'; readonly name: string }
  | { readonly kind: 'libs' };

/** An editor writes a file in several steps, and a save-all writes many files. */
const quietMs = 150;
const notLoaded = /(^|\/)(node_modules|coverage)\/|\.test\.ts$|\.(md|snap|new|swp|log)$|~$/;
const withoutServices = new Set(['testkit', 'embedded']);

/** The meaning of one path, relative to the workspace; null where no service loads it. */
export function changeOf(path: string): Change | null {
  const [top, name, ...rest] = path.split('/');
  const inside = rest.join('/');
  if (!name || notLoaded.test(path)) return null;
  if (top === 'libs')
    return withoutServices.has(name) || !inside.startsWith('src/') ? null : { kind: 'libs' };
  if (top !== 'apps' || !inside.startsWith('src/')) return null;
  if (inside.endsWith('.graphql')) return { kind: 'schema', name };
  return inside.startsWith('src/migrations/') ? { kind: 'migrations', name } : { kind: 'service', name };
}

/** Calls back with the changes of each quiet moment, each once. Answers how to stop. */
export function watchSources(root: string, onChanges: (changes: readonly Change[]) => void): () => void {
  const pending = new Map<string, Change>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = ['apps', 'libs'].map((top) =>
    watch(join(root, top), { recursive: true }, (_event, file) => {
      const change = file ? changeOf(`${top}/${file.replaceAll('\\', '/')}`) : null;
      if (!change) return;
      pending.set(JSON.stringify(change), change);
      clearTimeout(timer);
      timer = setTimeout(() => {
        const changes = [...pending.values()];
        pending.clear();
        onChanges(changes);
      }, quietMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
