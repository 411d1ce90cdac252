import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyIndex,
  packPlugin,
  publicKeyOf,
  publish,
  readPluginFolder,
  writeIndex,
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
  let index = emptyIndex;
  for (const name of ourPlugins) {
    const folder = join(root, 'libs', 'plugins', name);
    if (!existsSync(folder)) continue;
    const { manifest, code } = readPluginFolder(folder);
    const text = packPlugin(manifest, code);
    index = publish(index, { text, publisher: 'marquee', publisherKeyPem: publisherKeyPem!, level: 'core' });
    writeFileSync(join(directory, index.plugins.at(-1)!.file), text);
  }
  writeFileSync(join(directory, 'index.json'), writeIndex(index, key!));
  return { directory, publicKeyPem: publicKeyOf(key!) };
}

function keptKey(file: string): string {
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(file, pem, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
