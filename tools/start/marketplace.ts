import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyIndex,
  packPlugin,
  publicKeyOf,
  publish,
  readIndex,
  readPluginFolder,
  writeIndex,
  type MarketplaceIndex,
} from '@marquee/plugin-sdk';
import type { ServiceSettings } from './services.ts';

const ourPlugins = ['chat-notifier', 'early-bird', 'vat-check'];

/** A marketplace of our own plugins, laid out anew at each start under keys that stay: what hub installs from. */
export function layOutMarketplace(
  home: string,
  keysDirectory: string,
  root: string,
): ServiceSettings['marketplace'] {
  const directory = join(home, 'marketplace');
  mkdirSync(directory, { recursive: true });
  const [key, publisherKeyPem] = ['marketplace', 'publisher'].map((name) =>
    keptKey(join(keysDirectory, `${name}.pem`)),
  );
  const indexFile = join(directory, 'index.json');
  let index: MarketplaceIndex = emptyIndex;
  for (const name of ourPlugins) {
    const folder = join(root, 'libs', 'plugins', name);
    if (!existsSync(folder)) continue;
    const { manifest, code } = readPluginFolder(folder);
    const text = packPlugin(manifest, code);
    index = publish(index, { text, publisher: 'marquee', publisherKeyPem: publisherKeyPem!, level: 'core' });
    writeFileSync(join(directory, index.plugins.at(-1)!.file), text);
  }
  const publicKeyPem = publicKeyOf(key!);
  writeFileSync(
    indexFile,
    writeIndex({ ...index, serial: nextSerial(indexFile, publicKeyPem, index) }, key!),
  );
  return { directory, publicKeyPem };
}

/** One more than before where something is listed anew: the hub takes no index that is older than what it saw. */
function nextSerial(file: string, publicKeyPem: string, { plugins, serial }: MarketplaceIndex): number {
  if (!existsSync(file)) return serial;
  const before = readBefore(file, publicKeyPem);
  const listed = (of: MarketplaceIndex['plugins']) => of.map(({ sha512 }) => sha512).join(' ');
  return listed(before.plugins) === listed(plugins) ? before.serial : Math.max(before.serial + 1, serial);
}

/** One that an earlier key signed is another marketplace's: what that was at counts for nothing. */
function readBefore(file: string, publicKeyPem: string): MarketplaceIndex {
  try {
    return readIndex(readFileSync(file, 'utf8'), publicKeyPem);
  } catch {
    return emptyIndex;
  }
}

function keptKey(file: string): string {
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(file, pem, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
