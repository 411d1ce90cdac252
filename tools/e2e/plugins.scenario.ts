import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { installation, uninstallation } from '@marquee/plugin-sdk';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { buy, must, newKey, planEvent } from './organisation.ts';
import { installEarlyBird } from './plant-plugin.test-support.ts';
import { findId } from './plant-door.test-support.ts';
import { plantOrganisation } from './plant-identity.test-support.ts';
import { offerAppPlugin, startPluginApp } from './plugin-app.test-support.ts';
import type { TestPlatform } from './platform.ts';
import { playTour } from './readme.scenario.ts';

type Planned = Awaited<ReturnType<typeof planEvent>>;
type Shown = {
  readonly ticket: { readonly waitsForPlugins: boolean; readonly additions: readonly object[] };
  readonly order: { readonly total: Amount; readonly reportColumns: readonly object[] };
};

/** What the same plugin says on a ticket once it is sold, and in a report of the orders. */
async function expectSaid({ client }: TestPlatform, token: string, event: Planned): Promise<void> {
  const { orderId, tickets } = await buy(client, token, {
    occurrenceId: event.occurrenceIds[0]!,
    items: [{ ticketTypeId: event.standingId, quantity: 1 }],
    guest: { email: 'late-bird@example.com', name: 'Late Bird' },
  });
  await eventually(async () => {
    const { ticket, order } = await client.query<Shown>(
      `query Said($ticket: ID!, $order: ID!) {
        ticket(id: $ticket) { waitsForPlugins additions { plugin fields { label value } note reference } }
        order(id: $order) { total { amountMinor } reportColumns { column value warning } } }`,
      { ticket: tickets[0]!.id, order: orderId },
      { token },
    );
    const fields = [{ label: 'Early bird', value: expect.stringMatching(/^Bought \d+ days before$/) }];
    expect(ticket).toEqual({
      waitsForPlugins: false,
      additions: [{ plugin: 'early-bird', fields, note: null, reference: null }],
    });
    const value = `${order.total.amountMinor}`;
    expect(order.reportColumns).toEqual([{ column: 'early-bird.discount', value, warning: null }]);
  });
}

type Amount = { readonly amountMinor: number };

/**
 * The key of an app ends with its plugin: by the news of it, and within a second of them. Whatever is asked a second after
 * identity says so is refused, on a slow machine as well as on a fast one.
 */
async function expectStopped(
  { client }: TestPlatform,
  token: string,
  ask: () => Promise<{ readonly errors: readonly { readonly extensions?: object }[] }>,
): Promise<void> {
  type Keys = {
    organisation: { apiKeys: { edges: { node: { name: string; revokedAt: string | null } }[] } };
  };
  const revokedAt = async () => {
    const { organisation } = await client.query<Keys>(
      'query Keys { organisation { apiKeys { edges { node { name revokedAt } } } } }',
      {},
      { token },
    );
    return organisation.apiKeys.edges.find(({ node }) => node.name === 'Plugin caller')?.node.revokedAt;
  };
  await eventually(async () => expect(await revokedAt()).toEqual(expect.any(String)));
  const knownAtMs = performance.now();
  const takenAtMs: number[] = [];
  await eventually(async () => {
    const askedAtMs = performance.now();
    const { errors } = await ask();
    if (errors.length === 0) takenAtMs.push(askedAtMs);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
  expect(takenAtMs.filter((askedAtMs) => askedAtMs > knownAtMs + 1_000)).toEqual([]);
}

/** From the marketplace through the graph into the price of a cart, and out of it again. */
export function describePlugins(platform: () => TestPlatform): void {
  describe('plugins', () => {
    test('change what a cart costs for as long as they are installed', async () => {
      const { client, tokens } = platform();
      const token = await tokens.token({ role: 'organiser', organisationId: newUuid() });
      const event = await planEvent(client, token, 'Plugin night');
      const items = [{ ticketTypeId: event.standingId, quantity: 2 }];
      const input = { idempotencyKey: newKey(), occurrenceId: event.occurrenceIds[0]!, items };
      const held = await must<{ id: string }>(client, 'HoldTickets', { input }, token, 'TicketsHeld');
      type Quoted = { quote: { quote: { total: Amount; discount: Amount } } };
      const quote = async (holdId: string) => {
        const {
          quote: { quote: quoted },
        } = await client.query<Quoted>(
          `query Quote($input: QuoteInput!) { quote(input: $input) {
            ... on CartQuoted { quote { total { amountMinor } discount { amountMinor } } } } }`,
          { input: { holdIds: [holdId] } },
          { token },
        );
        return { total: quoted.total.amountMinor, discount: quoted.discount.amountMinor };
      };
      const before = await quote(held.id);
      expect(before.discount).toBe(0);
      const id = await installEarlyBird(platform(), token, { percent: 50, days: 1 });
      await eventually(async () => {
        expect((await quote(held.id)).discount).toBe(before.total / 2);
      });
      const checkOut = {
        idempotencyKey: newKey(),
        holdId: held.id,
        guest: { email: 'bird@example.com', name: 'Early Bird' },
      };
      const order = await must<{ total: { amountMinor: number } }>(
        client,
        'CheckOut',
        { input: checkOut },
        token,
        'OrderPlaced',
      );
      expect(order.total.amountMinor).toBe(before.total / 2);
      await expectSaid(platform(), token, event);
      const uninstall = `mutation Uninstall($id: ID!) { uninstallPlugin(id: $id) { __typename } }`;
      expect(await client.query(uninstall, { id }, { token })).toEqual({
        uninstallPlugin: { __typename: 'PluginUninstalled' },
      });
      const again = { ...input, idempotencyKey: newKey() };
      const next = await must<{ id: string }>(client, 'HoldTickets', { input: again }, token, 'TicketsHeld');
      await eventually(async () => expect((await quote(next.id)).discount).toBe(0));
    });

    test('give their app a key that may do what was approved, until they are gone', async () => {
      const { client, tokens } = platform();
      const token = await tokens.token({ role: 'owner', organisationId: newUuid() });
      await plantOrganisation(platform(), token, 'plugins');
      const app = await startPluginApp();
      try {
        offerAppPlugin(platform(), 'caller', ['guests:read']);
        type Installed = { readonly installPlugin: { readonly signingSecret: string } };
        let [id, secret]: (string | undefined)[] = [];
        // The hub looks at a marketplace every ten seconds.
        await eventually(async () => {
          const settings = JSON.stringify({ serviceUrl: app.url });
          const input = { name: 'caller', approvedScopes: ['guests:read'], settings };
          const made = await client.query<Installed>(
            `mutation InstallCaller($input: InstallPluginInput!) { installPlugin(input: $input) {
              ... on PluginInstalled { signingSecret plugin { id } } ... on Refusal { message } } }`,
            { input },
            { token },
          );
          id = findId(made);
          secret = made.installPlugin.signingSecret;
          expect(id).toEqual(expect.any(String));
        });
        await eventually(() => expect(app.told).toHaveLength(1));
        const { point, input } = app.told[0]!;
        expect({ point, scopes: input.scopes }).toEqual({ point: installation, scopes: ['guests:read'] });
        const as = { token: input.apiKey };
        const guests = () => client.send<object>('{ guests(first: 1) { edges { node { id } } } }', {}, as);
        expect((await guests()).errors).toEqual([]);
        const beyond = await client.send<object>('{ plugins { edges { node { id } } } }', {}, as);
        expect(beyond.errors[0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
        await client.query(
          'mutation End($id: ID!) { uninstallPlugin(id: $id) { __typename } }',
          { id },
          { token },
        );
        await expectStopped(platform(), token, guests);
        await eventually(() =>
          expect(app.told.map((each) => each.point)).toEqual([installation, uninstallation]),
        );
        const { body, signed } = app.told[1]!;
        expect(new Webhook(secret!).verify(body, signed)).toMatchObject({
          organisationId: expect.any(String),
        });
      } finally {
        await app.close();
      }
    });

    test('are written, tested and published by the commands of their page', async () => {
      expect(await playTour(platform(), 'docs/integrators/plugins.md')).toBe(4);
    });
  });
}
