import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Contents, Package } from './contents.ts';

/** Of a package nothing that only people or compilers read, except its licence. */
function isRead(file: string): boolean {
  return (
    !/\.(d\.[cm]?ts|[cm]?ts|map|md|markdown|flow|tsbuildinfo)$|(^|\/)(test|tests|__tests__|docs|examples?|\.github)\//i.test(
      file,
    ) || /licen[cs]e|notice/i.test(posix.basename(file))
  );
}

/** Hard links where they are possible: laying an image out costs a second instead of ten. */
export function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** The files of one package, without the packages inside it, which are listed by themselves. */
function filesOf(root: string, { path }: Package): string[] {
  const from = join(root, path);
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
    .filter((file) => !file.startsWith('node_modules/') && !file.includes('/node_modules/') && isRead(file));
}

/** The bill of materials: every package with its version, licence and checksum; the same bytes for the same lock file. */
export function billOfMaterials({ packages }: Contents, version: string): string {
  const components = packages.map(({ name, version: at, license, integrity }) => {
    const [algorithm, digest] = integrity.split('-') as [string, string?];
    const hashes = digest
      ? [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }]
      : [];
    const licenses =
      license === ''
        ? []
        : [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }];
    return {
      type: 'library',
      name,
      version: at,
      purl: `pkg:npm/${name.replace('@', '%40')}@${at}`,
      licenses,
      hashes,
    };
  });
  const component = { type: 'application', name: 'marquee', version };
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component }, components }, null, 2)}\n`;
}

/** Lays the image's `/app` out in an empty folder. Answers the files, in order. */
export function layOut(root: string, contents: Contents, out: string, version: string): string[] {
  const files: string[] = [];
  const add = (file: string) => {
    place(join(root, file), join(out, file));
    files.push(file);
  };
  contents.sources.forEach(add);
  for (const each of contents.packages)
    for (const file of filesOf(root, each)) add(posix.join(each.path, file));
  mkdirSync(join(out, 'node_modules/@marquee'), { recursive: true });
  for (const lib of contents.libs) symlinkSync(`../../libs/${lib}`, join(out, 'node_modules/@marquee', lib));
  writeFileSync(join(out, 'sbom.json'), billOfMaterials(contents, version));
  return [...files, 'sbom.json'].toSorted();
}

export function bytesOf(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
