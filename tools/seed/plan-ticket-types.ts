import { minorUnitDigits } from '@marquee/kernel';
import type { EventKind } from './names.ts';
import type { Random } from './random.ts';
import type { SeedEvent, SeedTicketType } from './types.ts';

/** A middling seat, in pounds. */
const basePrices: Readonly<Record<EventKind, number>> = {
  play: 38,
  concert: 45,
  comedy: 18,
  family: 14,
  conference: 180,
};
/** What a pound's worth is priced at elsewhere, and the step that prices there are rounded to. */
const markets: Readonly<Record<string, readonly [number, number]>> = {
  GBP: [1, 0.5],
  EUR: [1.15, 0.5],
  USD: [1.3, 1],
  CAD: [1.75, 1],
  MXN: [22, 10],
  JPY: [190, 100],
  KRW: [1800, 1000],
  AUD: [2, 1],
  SGD: [1.7, 1],
};

/** One type a section in a seated hall; full price and concession in a standing room. */
export function planTicketTypes(random: Random, events: readonly SeedEvent[]): SeedTicketType[] {
  return events.flatMap((event) => {
    const popularity = 0.8 + random.next() * 0.6;
    const type = (name: string, factor: number, quotaSize: number, index: number): SeedTicketType => ({
      id: random.uuid(event.createdMs + 60_000 * (index + 1)),
      organisationId: event.organisationId,
      quotaId: random.uuid(event.createdMs + 60_000 * (index + 1)),
      event,
      name,
      ...price(event, factor * popularity),
      quotaSize,
      maxPerOrder: 8,
      section: event.space.sections[index] ?? null,
      createdMs: event.createdMs + 60_000 * (index + 1),
    });
    if (event.space.sections.length > 0) {
      const factors = [1.15, 0.9, 0.65];
      return event.space.sections.map((section, index) =>
        type(section.name, factors[index] ?? 0.6, section.seats.length, index),
      );
    }
    const concessions = Math.floor(event.space.capacity / 5);
    return [
      type('General admission', 0.8, event.space.capacity - concessions, 0),
      type('Concession', 0.5, concessions, 1),
    ];
  });
}

function price(
  event: SeedEvent,
  factor: number,
): { readonly amountMinor: number; readonly currency: string } {
  const currency = event.space.venue.currency;
  const [rate, step] = markets[currency] ?? [1, 1];
  const units = Math.max(step, Math.round((basePrices[event.kind] * factor * rate) / step) * step);
  return { amountMinor: Math.round(units * 10 ** minorUnitDigits(currency)), currency };
}
