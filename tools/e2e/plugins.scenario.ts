import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { must, newKey, planEvent } from './organisation.ts';
import { installEarlyBird } from './plant-plugin.test-support.ts';
import type { TestPlatform } from './platform.ts';
import { playTour } from './readme.scenario.ts';

type Amount = { readonly amountMinor: number };

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
      const uninstall = `mutation Uninstall($id: ID!) { uninstallPlugin(id: $id) { __typename } }`;
      expect(await client.query(uninstall, { id }, { token })).toEqual({
        uninstallPlugin: { __typename: 'PluginUninstalled' },
      });
      const again = { ...input, idempotencyKey: newKey() };
      const next = await must<{ id: string }>(client, 'HoldTickets', { input: again }, token, 'TicketsHeld');
      await eventually(async () => expect((await quote(next.id)).discount).toBe(0));
    }, 60_000);

    test('are written, tested and published by the commands of their page', async () => {
      expect(await playTour(platform(), 'docs/integrators/plugins.md')).toBe(4);
    }, 120_000);
  });
}
