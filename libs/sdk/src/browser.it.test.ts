import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasChromium, launchChromium } from '@marquee/testkit';
import type { Browser, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import type * as sdk from './index.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
const body = JSON.stringify({ type: 'tickets.order-paid.v1', data: { note: 'Übergröße ✓' } });
const libs = join(import.meta.dirname, '../..');
const html = `<!doctype html><title>receiver</title>
  <script type="importmap">{ "imports": { "@marquee/client": "/client/src/index.ts" } }</script>`;

/** The modules of the SDK and what they import, types taken off, as a web app's bundler serves them. */
function serveModules(): Server {
  return createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    if (path === '/page') return response.setHeader('content-type', 'text/html').end(html);
    if (!/^\/(sdk|client)\/src\/[\w/-]+\.ts$/.test(path)) return response.writeHead(404).end();
    const source = readFileSync(join(libs, path), 'utf8');
    return response.setHeader('content-type', 'text/javascript').end(stripTypeScriptTypes(source));
  });
}

(hasChromium ? describe : describe.skip)('in real Chromium', () => {
  const server = serveModules();
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`);
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  /** The event, or the code of the refusal, as the page sees it. */
  const verified = (key: string, headers: Record<string, string>, text = body): Promise<unknown> =>
    page.evaluate(
      async ([url, ...given]) => {
        const { verifyWebhook } = (await import(url)) as typeof sdk;
        return verifyWebhook(...given).catch((error: { code?: string }) => error.code);
      },
      ['/sdk/src/index.ts', key, headers, text] as const,
    );
  const secondsOf = (at: Date) => String(Math.floor(at.getTime() / 1000));

  test("a webhook that the specification's own library signed is verified by WebCrypto, a changed one refused", async () => {
    const at = new Date();
    const headers = {
      'webhook-id': 'dlv_1',
      'webhook-timestamp': secondsOf(at),
      'webhook-signature': new Webhook(secret).sign('dlv_1', at, body),
    };
    expect(await verified(secret, headers)).toEqual(JSON.parse(body));
    expect(await verified(secret, headers, `${body} `)).toBe('BAD_SIGNATURE');
    expect(await verified(secret, { ...headers, 'webhook-timestamp': '1700000000' })).toBe('TOO_OLD');
  });

  test('so is one that is signed with Ed25519', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')}`;
    const timestamp = secondsOf(new Date());
    const signature = sign(null, Buffer.from(`dlv_1.${timestamp}.${body}`), privateKey).toString('base64');
    const headers = {
      'webhook-id': 'dlv_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1a,${signature}`,
    };
    expect(await verified(key, headers)).toEqual(JSON.parse(body));
    expect(await verified(key, { ...headers, 'webhook-id': 'dlv_2' })).toBe('BAD_SIGNATURE');
  });
});
