import type { Random } from './random.ts';
import type { SeedLine, SeedOccurrence, SeedSeat, SeedTicketType } from './types.ts';

/** What is left to sell of one occurrence while the world is planned. */
export type Inventory = {
  readonly occurrence: SeedOccurrence;
  /**
   * One or two lines that fit, or null when too little is left. `keep` takes the places for good; without it the same
   * places may be planned again, as with an order that expired.
   */
  lines(random: Random, atMs: number, keep: boolean): SeedLine[] | null;
};

type Shelf = { readonly ticketType: SeedTicketType; left: number; readonly seats: SeedSeat[] };

export function openInventory(occurrence: SeedOccurrence, ticketTypes: readonly SeedTicketType[]): Inventory {
  const shelves = ticketTypes.map((ticketType): Shelf => ({
    ticketType,
    left: ticketType.quotaSize,
    seats: [...(ticketType.section?.seats ?? [])],
  }));
  return {
    occurrence,
    lines: (random, atMs, keep) => {
      const open = shelves.filter((shelf) => shelf.left > 0);
      if (open.length === 0) return null;
      const first = random.pick(open);
      const second = random.chance(0.12) ? open.find((shelf) => shelf !== first) : undefined;
      return [first, ...(second ? [second] : [])].map((shelf) => takeLine(random, shelf, atMs, keep));
    },
  };
}

function takeLine(random: Random, shelf: Shelf, atMs: number, keep: boolean): SeedLine {
  const wanted = Number(random.weighted({ '1': 25, '2': 48, '3': 12, '4': 15 }));
  const quantity = Math.min(wanted, shelf.left, shelf.ticketType.maxPerOrder);
  const seated = shelf.ticketType.section !== null;
  const from = seated ? random.int(0, shelf.seats.length - quantity) : 0;
  const seats = seated ? shelf.seats.slice(from, from + quantity) : [];
  if (keep) {
    shelf.left -= quantity;
    if (seated) shelf.seats.splice(from, quantity);
  }
  return { id: random.uuid(atMs), ticketType: shelf.ticketType, quantity, seats };
}

export function quantityOf(lines: readonly SeedLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function totalOf(lines: readonly SeedLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.ticketType.amountMinor, 0);
}
