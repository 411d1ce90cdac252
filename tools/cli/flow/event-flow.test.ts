import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue } from '@marquee/contracts';
import { temporaryDirectory } from '@marquee/testkit';
import { workspaceRoot } from '../../start/config.ts';
import { toMermaid, toPage } from './diagram.ts';
import { readEventFlow } from './event-flow.ts';

async function flowOf(files: Readonly<Record<string, string>>) {
  const directory = await temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory.path, dirname(path)), { recursive: true });
    writeFileSync(join(directory.path, path), text);
  }
  try {
    return readEventFlow(directory.path);
  } finally {
    await directory.remove();
  }
}

test('an event literal of its own service is published there; a comparison, a union or a test is not', async () => {
  const { published } = await flowOf({
    'apps/guests/src/register.ts': `
      type A = 'guests.guest-updated.v1';
      if (event.type === 'guests.guest-updated.v1') stop();
      append(tx, { streamId, events: [{ type: 'guests.guest-registered.v1', data }] });
      append(tx, { type: paid ? ('guests.consent-recorded.v1' as const) : 'tickets.order-paid.v1', data });`,
    'apps/guests/src/register.test.ts': `append({ type: 'guests.preferences-updated.v1', data })`,
  });
  expect([...published]).toEqual([
    ['guests.guest-registered.v1', ['apps/guests/src/register.ts']],
    ['guests.consent-recorded.v1', ['apps/guests/src/register.ts']],
  ]);
});

test('handlers are found through names, imports, calls and spreads', async () => {
  const { consumers } = await flowOf({
    'apps/hub/src/main.ts': `
      import { guestHandlers as handlers } from './guests.ts';
      messaging.project({ name: 'guests', events: handlers(wake) });
      messaging.work({ name: 'mail', concurrency: 2, events: { 'tickets.order-paid.v1': async () => {} } });`,
    'apps/hub/src/guests.ts': `
      import { more } from './more.ts';
      const keys = { 'guests.guest-registered.v1': keep };
      export function guestHandlers(wake) { return { ...more, ...Object.fromEntries(Object.keys(keys)) }; }`,
    'apps/hub/src/more.ts': `export const more = { 'guests.guest-updated.v1': keep, 'no.event.v1': keep };`,
  });
  expect(consumers).toEqual([
    {
      service: 'hub',
      file: 'apps/hub/src/main.ts',
      subscription: 'guests',
      kind: 'project',
      types: ['guests.guest-registered.v1', 'guests.guest-updated.v1'],
    },
    {
      service: 'hub',
      file: 'apps/hub/src/main.ts',
      subscription: 'mail',
      kind: 'work',
      types: ['tickets.order-paid.v1'],
    },
  ]);
});

test('a subscription whose handlers cannot be read is a fault, not a missing arrow', async () => {
  const unreadable = flowOf({
    'apps/hub/src/main.ts': `messaging.project({ name: 'guests', events: build() });`,
  });
  await expect(unreadable).rejects.toThrow('what guests handles cannot be read');
});

test('the flow of this workspace has every subscription and every event that is published', () => {
  const flow = readEventFlow(workspaceRoot);
  expect(flow.consumers.map(({ service, subscription }) => `${service} ${subscription}`)).toEqual(
    expect.arrayContaining([
      'analytics sales',
      'events space-bookings',
      'tickets replicas',
      'venues space-bookings',
    ]),
  );
  expect(flow.published.get('tickets.hold-placed.v1')).toEqual(['apps/tickets/src/holds/hold-events.ts']);
  const mermaid = toMermaid(flow);
  expect(mermaid).toMatch(/venues -- ".*space-booked\.v1.*" --> events_space_bookings/);
  for (const type of Object.keys(catalogue))
    expect(toPage(flow)).toContain(type.slice(type.indexOf('.') + 1));
});
