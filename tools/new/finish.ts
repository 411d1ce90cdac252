import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { NewError } from './names.ts';

/** Formats what was written, generates what follows from it, and tells npm of a new workspace. */
export function finish(
  root: string,
  paths: readonly string[],
  options: { readonly generate: boolean; readonly lock: boolean },
): void {
  const prettier = join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  const formatted = paths.filter((path) => /\.(ts|json|graphql)$/.test(path));
  runNode(root, [prettier, '--write', '--log-level=warn', ...formatted]);
  if (options.generate) runNode(root, [join(root, 'tools', 'generate', 'main.ts')]);
  if (options.lock) {
    const npm = spawnSync(
      'npm',
      ['install', '--package-lock-only', '--no-audit', '--no-fund', '--ignore-scripts'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    if (npm.status !== 0)
      process.stderr.write('package-lock.json could not be brought up to date: run npm install.\n');
  }
}

function runNode(root: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new NewError(`The files are written, but this failed:\n${stdout}${stderr}`);
}
