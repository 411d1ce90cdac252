import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { place } from './lay-out.ts';

/** As the image's own: `nonroot` of distroless. */
const user = 65532;
const node = '/nodejs/bin/node';
/** Where `chroot` is. */
export const systemPath = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

export type Jail = {
  /** Its root, as we see it. */
  readonly root: string;
  /** What runs this file of the image as the unprivileged user, with nothing but the jail to see. */
  command(args: readonly string[]): [command: string, args: string[]];
  /** Where a file of ours is inside. */
  inside(path: string): string;
  /** Gives what the jail's user must read, such as keys, to that user. */
  give(directory: string): void;
};

/** Only root may change its root directory. */
export function mayJail(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * A root directory that holds the image, Node with the libraries it is linked to, and an empty /tmp. All of it belongs to
 * root, so that what runs there can write to /tmp alone, as in a container whose root file system is read-only.
 */
export function makeJail(image: string, root: string): Jail {
  mkdirSync(root, { recursive: true });
  execFileSync('cp', ['-al', image, join(root, 'app')]);
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const directory of [root, join(root, 'app')]) chmodSync(directory, 0o755);
  place(realpathSync(process.execPath), join(root, node));
  for (const library of librariesOf([process.execPath, ...addOnsIn(image)]))
    // What its name leads to: a link to a link would lead out of the jail.
    place(realpathSync(library), join(root, library));
  return {
    root,
    command: (args) => ['chroot', [`--userspec=${user}:${user}`, root, node, ...args]],
    inside: (path) => (path.startsWith(`${root}/`) ? path.slice(root.length) : path),
    give: (directory) => {
      chownSync(directory, user, user);
      for (const file of readdirSync(directory)) chownSync(join(directory, file), user, user);
    },
  };
}

/** Native code of packages, such as Argon2. */
function addOnsIn(image: string): string[] {
  const files = readdirSync(image, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.node')).map((file) => join(image, file));
}

/** The system's libraries that these are linked to: what the image's base brings. */
function librariesOf(binaries: readonly string[]): Set<string> {
  const { stdout } = spawnSync('ldd', binaries, { encoding: 'utf8' });
  return new Set(
    [...stdout.matchAll(/(?:=> |\t)(\/[\w./+-]+\.so[\w.]*) \(/g)].map(([, library]) => library!),
  );
}

const probe = `
const fs = require('node:fs');
const writes = (path) => { try { fs.writeFileSync(path, 'x'); return true; } catch { return false; } };
const kept = ['/x', '/app/x', '/app/package.json', '/app/node_modules/x', '/app/apps/gateway/src/main.ts', '/nodejs/bin/node'];
const said = { uid: process.getuid(), written: kept.filter(writes), tmp: writes('/tmp/probe'), sees: fs.readdirSync('/') };
process.stdout.write(JSON.stringify(said));
`;

/** What the jail lets its user do that it must not. */
export function jailFaults(jail: Jail): string[] {
  const [command, args] = jail.command(['-e', probe]);
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: systemPath });
  if (!stdout) return [`Node does not run in the image: ${stderr.trim()}`];
  const { uid, written, tmp } = JSON.parse(stdout) as { uid: number; written: string[]; tmp: boolean };
  return [
    ...(uid === user ? [] : [`it runs as ${uid}`]),
    ...written.map((path) => `${path} can be written`),
    ...(tmp ? [] : ['/tmp cannot be written']),
  ];
}
