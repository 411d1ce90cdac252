import { expect } from '@jest/globals';
import type fc from 'fast-check';
import type { Viewer } from '@marquee/subgraph';
import { system, type World } from '../harness.test-support.ts';
import type { Hold } from '../holds/hold.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { findEntries } from '../waitlist/waitlist-rows.ts';

/** What sales are in as few words as possible: numbers and states, nothing of how. */
export type Model = {
  readonly size: number;
  readonly holds: KnownHold[];
  readonly orders: KnownOrder[];
  /** Those who joined the waitlist, in the order in which they came. */
  readonly entries: KnownEntry[];
};

export type KnownHold = { readonly quantity: number; state: 'ACTIVE' | 'RELEASED' | 'EXPIRED' | 'CONVERTED' };

export type KnownOrder = {
  readonly quantity: number;
  state: 'PENDING' | 'EXPIRED' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  /** None before it is paid. */
  readonly tickets: { valid: boolean; admitted: boolean }[];
};

export type KnownEntry = {
  readonly quantity: number;
  state: 'WAITING' | 'OFFERED' | 'CLAIMED' | 'CANCELLED' | 'OFFER_EXPIRED';
  /** What it is or was offered, and whether the time for that is over. */
  offer: { readonly hold: KnownHold; over: boolean } | null;
};

export const newModel = (size: number): Model => ({ size, holds: [], orders: [], entries: [] });

/** The real thing, and the names that it gave to what the model counts. */
export type Real = {
  readonly world: World;
  readonly occurrence: Occurrence;
  readonly type: TicketType;
  readonly holds: { readonly hold: Hold; readonly viewer: Viewer }[];
  readonly orders: { readonly id: string; readonly viewer: Viewer }[];
  readonly entries: { readonly id: string; readonly viewer: Viewer }[];
};

export const newReal = (world: World, occurrence: Occurrence, type: TicketType): Real => ({
  world,
  occurrence,
  type,
  holds: [],
  orders: [],
  entries: [],
});

export const freeOf = ({ size, holds, orders }: Model): number =>
  size -
  sumOf(holds.filter(({ state }) => state === 'ACTIVE')) -
  sumOf(orders.filter(({ state }) => state === 'PENDING')) -
  validOf(orders);

const validOf = (orders: readonly KnownOrder[]) =>
  orders.reduce((sum, { tickets }) => sum + tickets.filter(({ valid }) => valid).length, 0);

export const isPaid = ({ state }: KnownOrder) => state === 'PAID' || state === 'PARTIALLY_REFUNDED';

/** While places suffice for anyone in the line, nobody else can have them. */
export function isKept(model: Model): boolean {
  const waiting = model.entries.filter(({ state }) => state === 'WAITING');
  return waiting.some(({ quantity }) => quantity <= freeOf(model));
}

const sumOf = (things: readonly { readonly quantity: number }[]) =>
  things.reduce((sum, { quantity }) => sum + quantity, 0);

export type Command = fc.AsyncCommand<Model, Real>;

/** A command of one number: a quantity, or which of the things so far it is about. */
export function command(
  name: string,
  number: number,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command {
  return { check, run, toString: () => `${name}(${number})` };
}

export const pick = <T>(things: readonly T[], number: number): T => things[number % things.length]!;

/** The tables say what the model says. */
export async function expectAgreement(model: Model, { world, occurrence, entries }: Real): Promise<void> {
  const [row] = await system(world, (tx) =>
    tx.rows(
      `select
         (select count(*)::int from ticket where occurrence_id = $1 and status = 'VALID') as tickets,
         (select count(*)::int from ticket_order where occurrence_id = $1 and status = 'PAID') as paid,
         (select count(*)::int from ticket_order where occurrence_id = $1 and status = 'PARTIALLY_REFUNDED') as partly,
         (select count(*)::int from ticket_order where occurrence_id = $1 and status = 'REFUNDED') as refunded,
         (select coalesce(sum(refunded_minor), 0)::int from ticket_order
          where occurrence_id = $1 and status in ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')) as back,
         (select count(*)::int from hold where occurrence_id = $1 and status = 'CONVERTED') as converted,
         (select count(*)::int from scan where occurrence_id = $1 and result = 'ACCEPTED') as admitted`,
      [occurrence.id],
    ),
  );
  const inState = (state: string) => model.orders.filter((known) => known.state === state).length;
  const tickets = model.orders.flatMap((known) => known.tickets);
  expect(row).toEqual({
    tickets: tickets.filter(({ valid }) => valid).length,
    paid: inState('PAID'),
    partly: inState('PARTIALLY_REFUNDED'),
    refunded: inState('REFUNDED'),
    back: 2_500 * tickets.filter(({ valid }) => !valid).length,
    converted: model.orders.length,
    admitted: tickets.filter(({ admitted }) => admitted).length,
  });
  const found = await system(world, (tx) =>
    findEntries(
      tx,
      entries.map(({ id }) => id),
    ),
  );
  const states = new Map(found.map(({ id, status }) => [id, status]));
  expect(entries.map(({ id }) => states.get(id))).toEqual(model.entries.map(({ state }) => state));
}
