import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually, hasChromium, launchChromium } from '@marquee/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type * as Client from './index.ts';
import { openWorld, type World } from '../stream.test-support.ts';

const inChromium = hasChromium ? describe : describe.skip;

/** What a page shows of itself. */
type Tab = { titles: string[]; states: string[]; isLeader: boolean; position: string | undefined };

inChromium('in real Chromium', () => {
  let world: World;
  let browser: Browser;
  let context: BrowserContext;
  let organisationId: string;
  /** Connections that the server has had since the test began, and those it has now. */
  let connections: number;
  let isAway = false;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    world = await openWorld();
    // The page and the client's modules come from the same server, as they would in a web app.
    const [stream] = world.server.listeners('request') as ((...args: unknown[]) => void)[];
    world.server.removeAllListeners('request');
    world.server.on('request', (request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      if (path === '/page')
        return response.setHeader('content-type', 'text/html').end('<!doctype html><title>tab</title>');
      if (path.endsWith('.ts')) {
        const source = readFileSync(join(import.meta.dirname, path.split('/').pop()!), 'utf8');
        return response.setHeader('content-type', 'text/javascript').end(stripTypeScriptTypes(source));
      }
      // Such as the icon that a browser asks for.
      if (path !== '/') return response.writeHead(404).end();
      connections += 1;
      stream!(request, response);
    });
    world.server.prependListener('upgrade', (_request, socket) => {
      connections += 1;
      if (isAway) socket.destroy();
    });
    world.server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });
  beforeEach(async () => {
    organisationId = newUuid();
    connections = 0;
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  const open = async (scheme: 'ws' | 'http', share: string | false = 'tabs'): Promise<Page> => {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const { addEventListener } = BroadcastChannel.prototype;
      BroadcastChannel.prototype.addEventListener = function (
        this: InstanceType<typeof BroadcastChannel>,
        type: string,
        listener: (event: Event) => void,
      ) {
        const hear = (event: Event) => {
          if (!(globalThis as { deaf?: boolean }).deaf) listener(event);
        };
        addEventListener.call(this, type, hear);
      } as typeof addEventListener;
    });
    await page.goto(`http://${world.host}/page`);
    const url = `${scheme}://${world.host}/?token=${organisationId}`;
    await page.evaluate(
      async ([clientUrl, streamUrl, name]) => {
        const { connectEventStream } = (await import(clientUrl)) as typeof Client;
        const backOff = { baseMs: 20, capMs: 200 };
        const client = connectEventStream({ url: streamUrl, share: name, backOff });
        const tab: { titles: string[]; states: string[] } = { titles: [], states: [] };
        client.onState((state) => void tab.states.push(state));
        client.subscribe('events.*', ({ data }) => void tab.titles.push((data as { title: string }).title));
        Object.assign(globalThis, { tab, client });
      },
      [`http://${world.host}/index.ts`, url, share] as const,
    );
    return page;
  };
  const look = (page: Page): Promise<Tab> =>
    page.evaluate(() => {
      const { tab, client } = globalThis as unknown as {
        tab: Tab;
        client: { isLeader: boolean; position: string | undefined };
      };
      return { ...tab, isLeader: client.isLeader, position: client.position };
    });
  const isOpen = (page: Page) =>
    eventually(async () => {
      const { states, position } = await look(page);
      expect(states.at(-1)).toBe('open');
      expect(position).toBeDefined();
    });
  const sees = (page: Page, titles: readonly string[]) =>
    eventually(async () => expect((await look(page)).titles).toEqual(titles));
  const leaders = async (...pages: Page[]) =>
    (await Promise.all(pages.map(look))).filter(({ isLeader }) => isLeader).length;
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, place) => `event ${from + place}`);

  test.each(['ws', 'http'] as const)('two tabs share one connection over %s', async (scheme) => {
    const [first, second] = [await open(scheme), await open(scheme)];
    await Promise.all([isOpen(first), isOpen(second)]);
    await world.log(organisationId, 'one');
    await world.log(organisationId, 'two');
    await Promise.all([sees(first, ['one', 'two']), sees(second, ['one', 'two'])]);
    expect(connections).toBe(1);
    expect(await leaders(first, second)).toBe(1);
  });

  test.each(['ws', 'http'] as const)(
    'the tab that leads is closed while events come over %s: another goes on, nothing is lost or doubled',
    async (scheme) => {
      const pages = [await open(scheme), await open(scheme), await open(scheme)];
      await Promise.all(pages.map(isOpen));
      const [first, ...others] = pages as [Page, Page, Page];
      expect(await look(first)).toMatchObject({ isLeader: true });
      let logged = 0;
      let writing = true;
      const writer = (async () => {
        while (writing) await world.log(organisationId, `event ${logged++}`);
      })();
      await eventually(async () => expect((await look(others[0]!)).titles.length).toBeGreaterThan(20));
      await first.close();
      await eventually(async () => expect(await leaders(...others)).toBe(1));
      const before = (await look(others[0]!)).titles.length;
      await eventually(async () =>
        expect((await look(others[0]!)).titles.length).toBeGreaterThan(before + 20),
      );
      writing = false;
      await writer;
      await Promise.all(others.map((page) => sees(page, numbered(0, logged))));
      expect(connections).toBe(2);
    },
  );

  test('the server goes and comes back: the state says so, and what happened meanwhile arrives once', async () => {
    const page = await open('ws');
    await isOpen(page);
    await world.log(organisationId, 'event 0');
    await sees(page, ['event 0']);
    isAway = true;
    for (const socket of sockets) socket.destroy();
    await eventually(async () => expect((await look(page)).states).toContain('waiting'));
    await world.log(organisationId, 'event 1', 'event 2');
    isAway = false;
    await sees(page, numbered(0, 3));
    expect((await look(page)).states.at(-1)).toBe('open');
  });

  test('a tab that missed messages of its leader notices at the next one and gets them', async () => {
    const [leader, follower] = [await open('ws'), await open('ws')];
    await Promise.all([isOpen(leader), isOpen(follower)]);
    await world.log(organisationId, 'event 0');
    await Promise.all([sees(leader, ['event 0']), sees(follower, ['event 0'])]);
    // Deaf for a while, as a tab is that the browser has put to sleep.
    await follower.evaluate(() => void Object.assign(globalThis, { deaf: true }));
    await world.log(organisationId, 'event 1');
    await sees(leader, numbered(0, 2));
    await follower.evaluate(() => void Object.assign(globalThis, { deaf: false }));
    await world.log(organisationId, 'event 2');
    await Promise.all([sees(leader, numbered(0, 3)), sees(follower, numbered(0, 3))]);
  });

  test('a page that does not share has a connection of its own, and closes it', async () => {
    const [first, second] = [await open('ws', false), await open('http', false)];
    await Promise.all([isOpen(first), isOpen(second)]);
    expect(connections).toBe(2);
    expect(await leaders(first, second)).toBe(2);
    await first.evaluate(() =>
      (globalThis as unknown as { client: { close(): Promise<void> } }).client.close(),
    );
    await eventually(() => expect(world.stream.status().clients).toBe(1));
    expect((await look(first)).states.at(-1)).toBe('closed');
  });
});
