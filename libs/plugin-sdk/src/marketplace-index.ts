import canonicalize from 'canonicalize';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { compareVersions, readManifest, type Manifest } from './manifest.ts';
import {
  digestOf,
  isGenuine,
  PluginRefusedError,
  publicKeyOf,
  readPackage,
  signRelease,
  signText,
  verifyText,
  type PluginPackage,
} from './package.ts';

const levels = Type.Union([Type.Literal('private'), Type.Literal('community'), Type.Literal('core')]);
/** Who stands behind a plugin: the marketplace's own people, anybody, or an organisation for itself alone. */
export type Level = Static<typeof levels>;

const entrySchema = Type.Object({
  name: Type.String({ maxLength: 64 }),
  version: Type.String({ maxLength: 50 }),
  publisher: Type.String({ maxLength: 64 }),
  level: levels,
  /** Whose eyes a private plugin is for. */
  organisationIds: Type.Array(Type.String(), { maxItems: 100 }),
  /** Of the package, beside the index. */
  file: Type.String({ pattern: '^[a-z0-9][A-Za-z0-9.+-]*\\.json$', maxLength: 150 }),
  sha512: Type.String({ maxLength: 100 }),
  signature: Type.String({ maxLength: 100 }),
  /** So that a search need not fetch every package; what is installed is the package's own. */
  manifest: Type.Unknown(),
});
const indexSchema = Type.Object({
  /** Grows with each change: an index that is older than one seen before is a trick. */
  serial: Type.Integer({ minimum: 0 }),
  /** Public keys in PEM, by publisher. */
  publishers: Type.Record(Type.String(), Type.String({ maxLength: 500 })),
  plugins: Type.Array(entrySchema, { maxItems: 10_000 }),
});
const fileSchema = Type.Object({ index: indexSchema, signature: Type.String({ maxLength: 100 }) });

export type Listing = Omit<Static<typeof entrySchema>, 'manifest'> & { readonly manifest: Manifest };
export type MarketplaceIndex = Omit<Static<typeof indexSchema>, 'plugins'> & {
  readonly plugins: readonly Listing[];
};

export const emptyIndex: MarketplaceIndex = { serial: 0, publishers: {}, plugins: [] };

const signedText = (index: unknown) => `marquee-index-v1\n${canonicalize(index)}`;

/** The index as a file: static, and signed as a whole. */
export function writeIndex(index: MarketplaceIndex, privateKeyPem: string): string {
  return `${JSON.stringify({ index, signature: signText(signedText(index), privateKeyPem) }, null, 2)}\n`;
}

/** What a file says, once its signature held. Throws PluginRefusedError. Manifests that are none today are left out. */
export function readIndex(text: string, publicKeyPem: string): MarketplaceIndex {
  const file = parse(text);
  if (!Value.Check(fileSchema, file)) throw new PluginRefusedError('It is no index of a marketplace.');
  if (!verifyText(signedText(file.index), file.signature, publicKeyPem))
    throw new PluginRefusedError('The index is not signed with the key of this marketplace.');
  const plugins = file.index.plugins.flatMap((entry): Listing[] => {
    const read = readManifest(entry.manifest);
    return read.ok ? [{ ...entry, manifest: read.manifest }] : [];
  });
  return { ...file.index, plugins };
}

/** The package of a listing, once digest, signature, name and version held. Throws PluginRefusedError. */
export function openListed(index: MarketplaceIndex, listing: Listing, text: string): PluginPackage {
  const { name, version, publisher, sha512 } = listing;
  const publicKey = index.publishers[publisher];
  if (publicKey === undefined) throw new PluginRefusedError(`The publisher ${publisher} has no key here.`);
  if (digestOf(text) !== sha512)
    throw new PluginRefusedError('The package is not the one that was published.');
  if (!isGenuine({ name, version, sha512 }, listing.signature, publicKey))
    throw new PluginRefusedError(`The package is not signed with the key of ${publisher}.`);
  const opened = readPackage(text);
  if (opened.manifest.name !== name || opened.manifest.version !== version)
    throw new PluginRefusedError('The package is another than the one that is listed.');
  return opened;
}

export type Publication = {
  /** As `packPlugin` made it. */
  readonly text: string;
  readonly publisher: string;
  readonly publisherKeyPem: string;
  readonly level: Level;
  readonly organisationIds?: readonly string[];
};

/** The index with one more release. Throws PluginRefusedError where it is older, there already, or somebody else's. */
export function publish(index: MarketplaceIndex, publication: Publication): MarketplaceIndex {
  const { text, publisher, publisherKeyPem, level, organisationIds = [] } = publication;
  const { manifest } = readPackage(text);
  const { name, version } = manifest;
  const publicKey = publicKeyOf(publisherKeyPem);
  if ((index.publishers[publisher] ?? publicKey) !== publicKey)
    throw new PluginRefusedError(`${publisher} publishes with another key.`);
  const others = index.plugins.filter((each) => each.name === name);
  if (others.some((each) => each.publisher !== publisher))
    throw new PluginRefusedError(`${name} belongs to ${others[0]!.publisher}.`);
  const newer = others.find((each) => compareVersions(version, each.version) <= 0);
  if (newer)
    throw new PluginRefusedError(`${name} is at ${newer.version} already: give it a higher version.`);
  if (level === 'private' && organisationIds.length === 0)
    throw new PluginRefusedError('A private plugin is for at least one organisation.');
  const sha512 = digestOf(text);
  const signature = signRelease({ name, version, sha512 }, publisherKeyPem);
  const file = `${name}-${version}.json`;
  const listing = {
    name,
    version,
    publisher,
    level,
    organisationIds: [...organisationIds],
    file,
    sha512,
    signature,
    manifest,
  };
  return {
    serial: index.serial + 1,
    publishers: { ...index.publishers, [publisher]: publicKey },
    plugins: [...index.plugins, listing],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
