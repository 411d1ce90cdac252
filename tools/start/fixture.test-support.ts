import {
  spawn,
  type ChildProcess,
  type ChildProcessByStdio,
  type SpawnOptionsWithStdioTuple,
} from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { PlatformOptions } from './platform.ts';

/** A service that is ready at once, says what it was told, and can be asked to end badly. */
export const service = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  response.end(request.url === '/env' ? JSON.stringify({ ...process.env, version: 1 }) : 'ok');
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
`;

/** A module of migrations, each of which makes a table of that name. */
export function migrationsOf(...tables: string[]): string {
  const classes = tables.map(
    (table, index) => `
class ${table}176370000000${index} {
  name = '${table}176370000000${index}';
  async up(queryRunner) { await queryRunner.query('create table ${table} (id int primary key)'); }
  async down(queryRunner) { await queryRunner.query('drop table ${table}'); }
}`,
  );
  const names = tables.map((table, index) => `${table}176370000000${index}`);
  return `${classes.join('\n')}\nexport const migrations = [${names.join(', ')}];\n`;
}

export type Fixture = PlatformOptions & { readonly root: string; readonly home: string };

const made: string[] = [];

/** Deletes the workspaces of this test file. */
export function removeFixtures(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}

/** A workspace of these apps: files below `src` by their path. On free ports, without demo data. */
export function fixture(apps: Readonly<Record<string, Readonly<Record<string, string>>>>): Fixture {
  const root = mkdtempSync(join(tmpdir(), 'marquee-start-'));
  for (const [app, files] of Object.entries(apps)) {
    for (const [path, content] of Object.entries(files)) writeSource(root, app, path, content);
  }
  made.push(root);
  mkdirSync(join(root, 'libs'), { recursive: true });
  return { root, home: join(root, '.marquee'), port: 0, demo: false };
}

export function writeSource(root: string, app: string, path: string, content: string): void {
  const file = join(root, 'apps', app, 'src', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

export type Launched = {
  readonly process: ChildProcess;
  /** Everything on stdout and stderr so far. */
  output(): string;
  readonly exited: Promise<number | null>;
};

/** `npm start` itself, on the workspace of a fixture. */
export function launch(root: string, ...args: string[]): Launched {
  return watched(
    spawn(process.execPath, ['--input-type=module', '-e', launcher(root, args)], spawnOptions(root)),
  );
}

/** The same below npm, which stands between the terminal and us. */
export function launchUnderNpm(root: string, ...args: string[]): Launched {
  writeFileSync(join(root, 'start.mjs'), launcher(root, args));
  const scripts = { start: `"${process.execPath}" start.mjs` };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'fixture', private: true, scripts }));
  return watched(spawn('npm', ['start', '--silent'], spawnOptions(root)));
}

function launcher(root: string, args: readonly string[]): string {
  const cli = JSON.stringify(join(import.meta.dirname, 'cli.ts'));
  return `import { runLauncher } from ${cli};
    process.exit(await runLauncher(${JSON.stringify(args)}, ${JSON.stringify(root)}));`;
}

function spawnOptions(cwd: string): SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  return { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] };
}

function watched(child: ChildProcessByStdio<null, Readable, Readable>): Launched {
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => (output += data));
  child.stderr.setEncoding('utf8').on('data', (data: string) => (output += data));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { process: child, output: () => output, exited };
}
