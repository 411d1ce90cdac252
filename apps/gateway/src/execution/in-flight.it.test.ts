import { expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { createInFlight } from './in-flight.ts';

const viewer: Viewer = {
  subject: 'acc_1',
  organisationId: 'org_1',
  role: 'GUEST',
  scopes: ['catalogue:read'],
};

/** Reads that stay in flight until they are let land. */
function start(now: () => number = () => 0) {
  const inFlight = createInFlight(now);
  const landings: (() => void)[] = [];
  const read = (asker: Viewer, body = '{a}', target = 'venues') =>
    inFlight.share(asker, target, body, () => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const text = `answer ${landings.length + 1}`;
      landings.push(() => resolve(text));
      return promise;
    });
  return { inFlight, read, sent: () => landings.length, land: () => landings.forEach((one) => one()) };
}

test('identical reads of one viewer are sent once while the first is on its way', async () => {
  const { read, sent, land, inFlight } = start();
  // Tokens are verified anew now and then: the viewer is another object, and the same one.
  const answers = Promise.all([read(viewer), read({ ...viewer })]);
  expect(sent()).toBe(1);
  land();
  expect(await answers).toEqual(['answer 1', 'answer 1']);
  expect(inFlight.size).toBe(0);
  void read(viewer);
  expect(sent()).toBe(2);
});

test.each([
  ['another person', { subject: 'acc_2' }],
  ['another organisation', { organisationId: 'org_2' }],
  ['another role', { role: 'OWNER' as const }],
  ['other scopes', { scopes: [] }],
  ['another address', { email: 'a@example.com' }],
  ['another name', { name: 'Ada' }],
  ['one who is confined to events', { eventIds: [newUuid()] }],
  ['another session', { sessionId: 'ses_2' }],
])('nothing is shared with %s', (_, change) => {
  const { read, sent } = start();
  void read(viewer);
  void read({ ...viewer, ...change });
  expect(sent()).toBe(2);
});

test('another question and another service are asked for themselves', () => {
  const { read, sent } = start();
  void read(viewer);
  void read(viewer, '{b}');
  void read(viewer, '{a}', 'events');
  expect(sent()).toBe(3);
});

test('what was asked before a mutation ended is not joined after it', () => {
  const { read, sent, inFlight } = start();
  void read(viewer);
  inFlight.forget();
  void read(viewer);
  expect(sent()).toBe(2);
});

test('a slow read is not joined for longer than what changed elsewhere may stay unseen', () => {
  let nowMs = 0;
  const { read, sent } = start(() => nowMs);
  void read(viewer);
  nowMs = 50;
  void read(viewer);
  expect(sent()).toBe(1);
  nowMs = 51;
  void read(viewer);
  expect(sent()).toBe(2);
});

test('a failure is shared by those who wait for it and by nobody after', async () => {
  const inFlight = createInFlight();
  const fail = () => Promise.reject(new Error('down'));
  const both = [inFlight.share(viewer, 'venues', '{a}', fail), inFlight.share(viewer, 'venues', '{a}', fail)];
  for (const one of both) await expect(one).rejects.toThrow('down');
  await expect(inFlight.share(viewer, 'venues', '{a}', async () => 'up')).resolves.toBe('up');
});
