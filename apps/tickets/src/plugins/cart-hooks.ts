import type { HookInput } from '@marquee/contracts';
import { accept, invalid, type InvalidInput, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Hold } from '../holds/hold.ts';
import { findOccurrences } from '../occurrences/replicas.ts';
import { occurrencesOf } from '../orders/order-parts.ts';
import { lineKey, type Business, type CartDiscounts } from '../pricing/price-cart.ts';
import type { Services } from '../services.ts';

const none: CartDiscounts = new Map();

/** What plugins take off the lines of a cart, which is only read where there is one that has a say. */
export async function askDiscounts(
  services: Services,
  viewer: Viewer,
  holdsOf: () => Promise<readonly Hold[]>,
): Promise<Outcome<CartDiscounts, Unavailable>> {
  const { hooks } = services;
  const { organisationId } = viewer;
  if (!hooks.has(organisationId, 'price-adjustment')) return accept(none);
  const cart = await describeCart(services, viewer, await holdsOf());
  if (cart.keys.length === 0) return accept(none);
  const said = await hooks.ask(organisationId, 'price-adjustment', cart.input);
  if (!said.ok) return said;
  const discounts = new Map<string, bigint>();
  for (const { line, amountMinor } of said.value.flatMap((output) => output.discounts)) {
    const key = cart.keys[line];
    if (key !== undefined) discounts.set(key, (discounts.get(key) ?? 0n) + BigInt(amountMinor));
  }
  return accept(discounts);
}

type CartToValidate = {
  readonly holds: readonly Hold[];
  readonly business?: Business | null | undefined;
  readonly guest: { readonly name: string; readonly email: string };
};

/** Whether plugins let the cart become an order, and what they take off it. */
export async function askAboutCart(
  services: Services,
  viewer: Viewer,
  { holds, business = null, guest }: CartToValidate,
): Promise<Outcome<CartDiscounts, Unavailable | InvalidInput>> {
  const { hooks } = services;
  const { organisationId } = viewer;
  if (hooks.has(organisationId, 'check-out-validation')) {
    const { input } = await describeCart(services, viewer, holds);
    const said = await hooks.ask(organisationId, 'check-out-validation', { ...input, business, guest });
    if (!said.ok) return said;
    const refusal = said.value.find((output) => output.refusal !== null)?.refusal;
    if (refusal) return invalid(refusal.field, refusal.message);
  }
  return askDiscounts(services, viewer, async () => holds);
}

type DescribedCart = { readonly input: HookInput<'price-adjustment'>; readonly keys: readonly string[] };

/** Longer carts there are none; plugins see the first lines of one all the same. */
const mostLines = 100;

async function describeCart(
  { database }: Services,
  viewer: Viewer,
  holds: readonly Hold[],
): Promise<DescribedCart> {
  const occurrences = await database.read(viewer, (tx) => findOccurrences(tx, occurrencesOf(holds)));
  const startsAt = new Map(occurrences.map((each) => [each.id, each.startsAt.toISOString()]));
  const lines = holds
    .flatMap((hold) =>
      hold.lines.map(({ ticketTypeId, quantity, unitPrice }, place) => ({
        key: lineKey(hold.id, place),
        line: {
          ticketTypeId,
          occurrenceId: hold.occurrenceId,
          quantity,
          startsAt: startsAt.get(hold.occurrenceId) ?? '',
          unitPrice: { ...unitPrice, amountMinor: `${unitPrice.amountMinor}` },
        },
      })),
    )
    .filter(({ line }) => line.startsAt !== '')
    .slice(0, mostLines);
  return {
    input: { now: new Date().toISOString(), lines: lines.map(({ line }) => line) },
    keys: lines.map(({ key }) => key),
  };
}
