import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { checksOf, createSandbox, readPluginFolder } from '@marquee/plugin-sdk';
import { Webhook } from 'standardwebhooks';
// @ts-expect-error -- plain JavaScript, as whoever runs it has it
import { createVatApp } from '../vat-check/app.mjs';

const sandbox = createSandbox();
const secret = `whsec_${Buffer.from('a secret of the tests, and no other').toString('base64')}`;
const isKnown = async (_: string, vatId: string) => vatId === 'ATU12345678';
const app = createVatApp({ secret, isKnown }) as Server;

beforeAll(() => new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening)));
afterAll(async () => {
  await sandbox.close();
  await new Promise((closed) => app.close(closed));
});

async function send(body: string, genuine: boolean) {
  const { port } = app.address() as AddressInfo;
  const at = new Date();
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(genuine ? secret : btoa('another')).sign('msg_1', at, body),
    'content-type': 'application/json',
  };
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
}

describe.each(['early-bird', 'chat-notifier', 'vat-check'])('the plugin %s', (name) => {
  const folder = readPluginFolder(join(import.meta.dirname, '..', name));
  for (const check of checksOf(folder, { sandbox, send })) test(check.name, check.run);
});
