import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FieldEncryption } from '@marquee/event-log';
import type { Hooks } from '@marquee/hooks';
import { newUuid } from '@marquee/kernel';
import { createContext } from '../context.ts';
import { forgetGuest } from '../guests/forget-guest.ts';
import {
  accepted,
  aGuest,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  system,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { keepGuests } from '../occurrences/replicas.ts';
import { findPrinted } from '../passes/printed-ticket.ts';
import { showCredential } from '../tickets/show-credential.ts';
import { acceptTransfer } from '../transfers/end-transfer.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { linesOf } from './addition.ts';
import { extendDue } from './extend-tickets.ts';
import { FakePlugins } from './fake-plugins.test-support.ts';

let world: World;
let occurrence: Occurrence;
let type: TicketType;
const plugins = new FakePlugins();

beforeAll(async () => {
  world = await createWorld();
  Object.assign(world.services, { hooks: plugins.hooks });
  occurrence = await givenOccurrence(world);
  type = await givenTicketType(world, occurrence);
});
afterAll(() => world?.drop(), 60_000);
beforeEach(() => plugins.reset());

describe('a plugin that is asked when tickets are issued', () => {
  const permit = (...places: readonly number[]) => ({
    additions: places.map((ticket) => ({
      ticket,
      fields: [{ label: 'Parking', value: `Bay ${ticket + 1}` }],
      note: 'Enter from the north.',
      reference: `P-${ticket + 1}`,
    })),
  });
  const issued = async (quantity = 2) => {
    const order = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity });
    return { order, tickets: await ticketIdsOf(world, order) };
  };
  const context = () => createContext(world.services, world.viewer);
  const seen = async (ticketId: string) => {
    const { loaders } = context();
    const [ticket, additions, heldBack] = await Promise.all([
      loaders.ticket.load(ticketId),
      loaders.additions.load(ticketId),
      loaders.heldBack.load(ticketId),
    ]);
    const credential = await showCredential(context(), ticket!);
    return { additions, heldBack, shown: credential !== null };
  };
  const due = () => system(world, (tx) => tx.execute('update ticket_to_extend set due_at = now()'));
  const extended = async (ticketId: string) =>
    (await eventTypes(world, `ticket-${ticketId}`)).filter((type) => type === 'ticket-extended');

  test('adds to them once the sale is over, once, and tells so', async () => {
    plugins.says['ticket-issue'] = permit(0);
    const { order, tickets } = await issued();
    expect(plugins.asked).toEqual([]);
    expect(await seen(tickets[0]!)).toEqual({ additions: [], heldBack: false, shown: true });
    await Promise.all([extendDue(world.services), extendDue(world.services)]);
    await extendDue(world.services);
    expect(plugins.asked).toHaveLength(1);
    expect(plugins.asked[0]!.input).toMatchObject({
      orderId: order.id,
      guest: aGuest,
      tickets: tickets.map((ticketId) => ({
        ticketId,
        ticketTypeId: type.id,
        ticketType: type.name,
        seat: null,
      })),
    });
    const addition = {
      ticketId: tickets[0],
      plugin: 'parker',
      title: 'Parking',
      note: 'Enter from the north.',
      fields: [{ label: 'Parking', value: 'Bay 1' }],
      reference: 'P-1',
    };
    expect((await seen(tickets[0]!)).additions).toEqual([addition]);
    expect(await extended(tickets[0]!)).toHaveLength(1);
    expect(await extended(tickets[1]!)).toEqual([]);
    const [printed] = await findPrinted(world.services, world.viewer.organisationId, {
      ticketId: tickets[0]!,
    });
    expect(linesOf(printed!.additions)).toEqual([
      { label: 'Parking', value: 'Bay 1' },
      { label: 'Parking', value: 'Enter from the north.' },
      { label: 'Reference (Parking)', value: 'P-1' },
    ]);
  });

  test('keeps them back while it must be heard and is silent, and is asked the same again', async () => {
    plugins.says['ticket-issue'] = 'silence';
    plugins.mustBeHeard = true;
    const { tickets } = await issued(1);
    await extendDue(world.services);
    expect(await seen(tickets[0]!)).toEqual({ additions: [], heldBack: true, shown: false });
    const files = { ticketId: tickets[0]! };
    expect(await findPrinted(world.services, world.viewer.organisationId, files)).toEqual([]);
    // Not at once: it waits a little longer each time.
    await extendDue(world.services);
    expect(plugins.asked).toHaveLength(1);
    await due();
    plugins.says['ticket-issue'] = permit(0);
    await extendDue(world.services);
    expect(plugins.asked[1]).toEqual(plugins.asked[0]);
    expect(await seen(tickets[0]!)).toMatchObject({ heldBack: false, shown: true, additions: [{}] });
  });

  test('answered by a process that was killed before it wrote it down, it is asked by another', async () => {
    plugins.says['ticket-issue'] = permit(0);
    const { tickets } = await issued(1);
    const dying = {
      ...world.services,
      hooks: { ...plugins.hooks, askEach: () => Promise.reject(new Error('killed')) },
    };
    await extendDue(dying);
    expect((await seen(tickets[0]!)).additions).toEqual([]);
    await due();
    await extendDue(world.services);
    expect((await seen(tickets[0]!)).additions).toHaveLength(1);
    expect(await extended(tickets[0]!)).toHaveLength(1);
  });

  test('an answer about a guest who is erased meanwhile is none; whoever is asked next is asked about nobody', async () => {
    plugins.says['ticket-issue'] = permit(0);
    const encryption = { eraseSubject: async () => undefined } as unknown as FieldEncryption;
    const guest = { email: `${newUuid()}@example.com`, name: 'Eve' };
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, {}, guest);
    const [ticketId] = await ticketIdsOf(world, paid);
    const erase = () =>
      world.database.transaction(world.viewer, (tx) => forgetGuest(tx, encryption, paid.guestId));
    await world.database.transaction(world.viewer, (tx) =>
      keepGuests(tx, [{ id: paid.guestId, ...guest }], 'event'),
    );
    const late: Hooks = {
      ...plugins.hooks,
      askEach: async (...question) => {
        await erase();
        return plugins.hooks.askEach(...question);
      },
    };
    await extendDue({ ...world.services, hooks: late });
    expect((await seen(ticketId!)).additions).toEqual([]);
    await extendDue(world.services);
    expect(plugins.asked.at(-1)!.input.guest.name).toBe('Erased guest');
    expect((await seen(ticketId!)).additions).toHaveLength(1);
  });

  test('an answer for who has given the ticket away meanwhile is none; its new holder gets an own one', async () => {
    plugins.says['ticket-issue'] = permit(0);
    const { tickets } = await issued(1);
    const [ticketId] = tickets;
    const toEmail = `${newUuid()}@example.com`;
    const transfer = await accepted(
      offerTransfer(world.services, world.viewer, { ticketId: ticketId!, toEmail }),
    );
    const taken = newViewer('GUEST', world.viewer.organisationId, toEmail);
    const late: Hooks = {
      ...plugins.hooks,
      askEach: async (...question) => {
        await accepted(acceptTransfer(world.services, taken, transfer.id));
        return plugins.hooks.askEach(...question);
      },
    };
    await extendDue({ ...world.services, hooks: late });
    expect((await seen(ticketId!)).additions).toEqual([]);
    await extendDue(world.services);
    expect((await seen(ticketId!)).additions).toHaveLength(1);
    const again = await accepted(
      offerTransfer(world.services, world.viewer, { ticketId: ticketId!, toEmail: aGuest.email }),
    );
    delete plugins.says['ticket-issue'];
    await accepted(acceptTransfer(world.services, world.viewer, again.id));
    expect((await seen(ticketId!)).additions).toEqual([]);
  });
});
