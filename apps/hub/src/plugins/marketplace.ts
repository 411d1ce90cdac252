import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outbound } from '@marquee/outbound';
import {
  compareVersions,
  emptyIndex,
  fitsHost,
  openListed,
  PluginRefusedError,
  readIndex,
  type Listing,
  type MarketplaceIndex,
  type PluginPackage,
} from '@marquee/plugin-sdk';
import { systemScope, type Database } from '@marquee/postgres';

/** The marketplace did not answer. Match on `code`. */
export class MarketplaceUnavailableError extends Error {
  override readonly name = 'MarketplaceUnavailableError';
  readonly code = 'MARKETPLACE_UNAVAILABLE';
}

export type Marketplace = {
  /** The releases that an organisation may see and that fit this host, every one of them. */
  releases(organisationId: string): Promise<readonly Listing[]>;
  /** What is listed, verified. Throws PluginRefusedError where it is not what was published. */
  open(listing: Listing): Promise<PluginPackage>;
};

export type MarketplaceOptions = {
  /** A directory, or a URL that one is served under; without it nothing can be installed. */
  readonly location?: string | undefined;
  /** The marketplace's own, in PEM: the index is signed with it. */
  readonly publicKeyPem?: string | undefined;
  readonly outbound: Outbound;
  /** Remembers the newest index over restarts, for all processes. */
  readonly database: Database;
  /** For how long an index is not asked for again; default 10,000. */
  readonly keptMs?: number;
};

/** A static index and its packages, of which nothing is believed that is not signed. */
export function createMarketplace(options: MarketplaceOptions): Marketplace {
  const { location, publicKeyPem, outbound, database, keptMs = 10_000 } = options;
  let known: { readonly index: MarketplaceIndex; readonly atMs: number } | null = null;
  const read = async (file: string): Promise<string> => {
    try {
      if (!/^https?:\/\//.test(location!)) return await readFile(join(location!, file), 'utf8');
      const response = await outbound.fetch(`${location!.replace(/\/$/, '')}/${file}`);
      if (response.ok) return await response.text();
    } catch (error) {
      throw new MarketplaceUnavailableError('the marketplace did not answer', { cause: error });
    }
    throw new MarketplaceUnavailableError('the marketplace did not answer with what was asked for');
  };
  const current = async (): Promise<MarketplaceIndex> => {
    if (location === undefined || publicKeyPem === undefined) return emptyIndex;
    if (known && performance.now() - known.atMs < keptMs) return known.index;
    const index = readIndex(await read('index.json'), publicKeyPem);
    if (!(await noteSerial(database, publicKeyPem, index.serial)))
      throw new PluginRefusedError('The index is older than one that was seen before.');
    known = { index, atMs: performance.now() };
    return index;
  };
  return {
    releases: async (organisationId) =>
      (await current()).plugins.filter(
        ({ level, organisationIds, manifest }) =>
          fitsHost(manifest) && (level !== 'private' || organisationIds.includes(organisationId)),
      ),
    open: async (listing) => openListed(await current(), listing, await read(listing.file)),
  };
}

/** False where a newer index of this marketplace was seen, by whichever process, whenever. */
async function noteSerial(database: Database, publicKeyPem: string, serial: number): Promise<boolean> {
  const digest = createHash('sha256').update(publicKeyPem.trim()).digest('hex');
  return database.transaction(systemScope, async (tx) => {
    const rows = await tx.rows(
      `insert into marketplace_serial as seen (public_key_digest, serial) values ($1, $2)
       on conflict (public_key_digest) do update set serial = excluded.serial, seen_at = now()
         where seen.serial <= excluded.serial
       returning 1`,
      [digest, serial],
    );
    return rows.length > 0;
  });
}

/** The newest release of each plugin, by name. */
export function newestOf(releases: readonly Listing[]): Listing[] {
  const newest = new Map<string, Listing>();
  for (const each of releases) {
    const known = newest.get(each.name);
    if (!known || compareVersions(each.version, known.version) > 0) newest.set(each.name, each);
  }
  return [...newest.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
