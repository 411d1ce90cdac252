import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@marquee/subgraph';
import type { Logger } from '@marquee/telemetry';
import { hashOf, type TrustedDocuments } from './document-store.ts';

/** One file of registered documents: what one version of one client sends. */
export type DocumentManifest = {
  readonly client: string;
  readonly version: string;
  /** Texts by their SHA-256 in hex. */
  readonly documents: Readonly<Record<string, string>>;
};

export type RegisteredBy = { readonly name: string; readonly version: string };

export type WatchedDocuments = TrustedDocuments & {
  readonly count: () => number;
  /** The clients that registered the document of this hash. */
  readonly registeredBy: (hash: string) => readonly RegisteredBy[];
  /** Each document once. */
  readonly sources: () => readonly string[];
  readonly stop: () => void;
};

const lookEveryMs = 5_000;

/** A manifest of this text, or a ConfigError that says what is wrong with it. */
export function parseManifest(file: string, text: string): DocumentManifest {
  const wrong = (fault: string): never => {
    throw new ConfigError([`${file}: ${fault}`]);
  };
  let manifest: Partial<DocumentManifest> | null = null;
  try {
    manifest = JSON.parse(text) as Partial<DocumentManifest> | null;
  } catch {
    return wrong('is not JSON');
  }
  const { client, version, documents } = manifest ?? {};
  if (typeof client !== 'string' || typeof version !== 'string') return wrong('lacks `client` or `version`');
  if (typeof documents !== 'object' || documents === null) return wrong('lacks `documents`');
  for (const [hash, source] of Object.entries(documents)) {
    if (typeof source !== 'string' || hashOf(source) !== hash) {
      return wrong(`documents.${hash.slice(0, 12)}… is not the SHA-256 of its text`);
    }
  }
  return { client, version, documents };
}

/** Names, sizes and times of the manifests: what changes when one does. */
function stateOf(directory: string): { readonly files: readonly string[]; readonly state: string } {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(directory, name));
  const state = files.map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`).join('\n');
  return { files, state };
}

type Registered = { readonly source: string; readonly by: RegisteredBy[] };

function readAll(files: readonly string[]): Map<string, Registered> {
  const all = new Map<string, Registered>();
  for (const file of files) {
    const { client: name, version, documents } = parseManifest(file, readFileSync(file, 'utf8'));
    for (const [hash, source] of Object.entries(documents)) {
      const registered = all.get(hash) ?? { source, by: [] };
      registered.by.push({ name, version });
      all.set(hash, registered);
    }
  }
  return all;
}

/**
 * The registered documents of a directory of manifests, looked at again every five seconds. A manifest that is wrong
 * stops the start; later, it leaves what was read before in force and is logged.
 */
export function watchTrustedDocuments(directory: string, logger: Logger): WatchedDocuments {
  const first = stateOf(directory);
  let { state } = first;
  let documents = readAll(first.files);
  const look = () => {
    try {
      const found = stateOf(directory);
      if (found.state === state) return;
      state = found.state;
      documents = readAll(found.files);
      logger.info({ documents: documents.size }, 'registered documents were read again');
    } catch (error) {
      logger.error({ error, directory }, 'registered documents cannot be read; the former ones stay');
    }
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return {
    find: (hash) => documents.get(hash)?.source,
    registeredBy: (hash) => documents.get(hash)?.by ?? [],
    count: () => documents.size,
    sources: () => [...documents.values()].map(({ source }) => source),
    stop: () => clearInterval(timer),
  };
}

/** Where none are registered. */
export const noTrustedDocuments: WatchedDocuments = {
  find: () => undefined,
  count: () => 0,
  registeredBy: () => [],
  sources: () => [],
  stop: () => undefined,
};

/** The same with documents of the gateway's own, which are always taken. They are not planned ahead. */
export function withOwnDocuments(trusted: WatchedDocuments, texts: readonly string[]): WatchedDocuments {
  const own = new Map(texts.map((text) => [hashOf(text), text]));
  const ownClient = [{ name: 'rest', version: 'v1' }];
  return {
    ...trusted,
    find: (hash) => own.get(hash) ?? trusted.find(hash),
    registeredBy: (hash) => (own.has(hash) ? ownClient : trusted.registeredBy(hash)),
  };
}
