import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an image must not hold, of what lies in it: packages of development, tests, apps that do not run in a cluster. */
export function strangersIn(out: string, root: string): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
  const development = files.filter((file) => lock.packages[file]?.dev);
  const tests = files.filter((file) => /^(apps|libs|tools)\/.*(\.test|\.test-support)\.ts$/.test(file));
  const others = readdirSync(join(out, 'apps')).filter(
    (app) => !existsSync(join(root, 'apps', app, 'src/main.ts')),
  );
  return [
    ...development.map((path) => `${path} is for development only`),
    ...tests.map((file) => `${file} is a test`),
    ...others.map((app) => `apps/${app} does not run in a cluster`),
  ];
}
