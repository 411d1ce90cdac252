// Which files hold rules: decision 0005. Plain JavaScript, because ESLint loads it on whatever Node an editor brings.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const notRules = /\.(test|test-support|resolvers|entity|input|config)\.ts$|(^|\/)(on-[^/]+|index)\.ts$/;

function* filesUnder(directory) {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) {
      if (name !== 'node_modules' && name !== 'generated' && name !== 'migrations') yield* filesUnder(path);
    } else yield path;
  }
}

/** Feature files of an app: everything in a folder below `src`, but what is generated and the migrations. */
function featureFiles(root) {
  const apps = join(root, 'apps');
  return readdirSync(apps)
    .map((name) => join(apps, name, 'src'))
    .filter((source) => existsSync(source))
    .flatMap((source) => [...filesUnder(source)].filter((path) => relative(source, path).includes(sep)));
}

/**
 * Paths, relative to the root, of every rule file: a feature file with a unit test of the same name beside it
 * (`hold.ts` and `hold.test.ts`; a use case has `hold-tickets.it.test.ts`).
 */
export function ruleFiles(root) {
  return featureFiles(root)
    .filter((path) => path.endsWith('.ts') && !notRules.test(path))
    .filter((path) => existsSync(path.replace(/\.ts$/, '.test.ts')))
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort();
}

/** Rule files, use cases and their SQL: every feature file that is not translation. */
export function rulesAndUseCases(root) {
  return featureFiles(root)
    .filter((path) => path.endsWith('.ts') && !notRules.test(path))
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort();
}
