import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { packPlugin, publicKeyOf, publish, readIndex, writeIndex } from '@marquee/plugin-sdk';
import type { TestPlatform } from './platform.ts';

type Told = {
  readonly point: string;
  readonly input: { readonly apiKey: string; readonly scopes: readonly string[] };
  /** Of the request, each as it came. */
  readonly signed: Record<string, string>;
  readonly body: string;
};

/** What a plugin's app was told, and where it is. */
export async function startPluginApp() {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const signed = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name.startsWith('webhook-')),
      );
      told.push({ ...JSON.parse(body), signed, body } as Told);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`,
    told,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

/** A plugin that is nothing but an app with scopes, in the marketplace that the platform installs from. */
export function offerAppPlugin(
  { running: { home } }: TestPlatform,
  name: string,
  scopes: readonly string[],
): void {
  const directory = join(home, 'marketplace');
  const keyOf = (whose: string) => readFileSync(join(home, 'keys', `${whose}.pem`), 'utf8');
  const packed = packPlugin(
    {
      ...{
        manifest: 1,
        name,
        title: name,
        summary: 'Acts on its own.',
        version: '1.0.0',
        host: '^1.0.0',
        scopes,
      },
      hooks: [],
      remote: { urlSetting: 'serviceUrl' },
      secrets: {},
      egress: ['setting:serviceUrl'],
      settings: { serviceUrl: { type: 'url', title: 'Where it is', required: true } },
    },
    null,
  );
  const file = join(directory, 'index.json');
  const index = readIndex(readFileSync(file, 'utf8'), publicKeyOf(keyOf('marketplace')));
  const next = publish(index, {
    text: packed,
    publisher: 'marquee',
    publisherKeyPem: keyOf('publisher'),
    level: 'core',
  });
  writeFileSync(join(directory, next.plugins.at(-1)!.file), packed);
  writeFileSync(file, writeIndex(next, keyOf('marketplace')));
}
