import type { HoldPlan } from './hold.ts';

/**
 * One batch under way, and what it takes unless it fails. Another one beside it, of the same occurrence, cannot see that
 * in the database yet.
 */
export type Flight = {
  readonly held: Map<string, number>;
  readonly seats: Set<string>;
  /** Those that were under way at some time while this one was. */
  readonly beside: Set<Flight>;
  /** Resolves when those before this one were judged: who came first is served first. */
  readonly turn: Promise<unknown>;
  /** Resolves by the first `announce`. */
  readonly judged: PromiseWithResolvers<void>;
};

/** The batches under way, by occurrence. */
export class Flights {
  readonly #underWay = new Map<string, Set<Flight>>();

  /** Does the work as one of those under way. */
  async during<T>(key: string, work: (flight: Flight) => Promise<T>): Promise<T> {
    const others = this.#underWay.get(key) ?? new Set<Flight>();
    const flight: Flight = {
      held: new Map(),
      seats: new Set(),
      beside: new Set(others),
      turn: Promise.all([...others].map(({ judged }) => judged.promise)),
      judged: Promise.withResolvers(),
    };
    for (const other of others) other.beside.add(flight);
    this.#underWay.set(key, others.add(flight));
    try {
      return await work(flight);
    } finally {
      others.delete(flight);
      if (others.size === 0) this.#underWay.delete(key);
      flight.beside.clear();
      flight.judged.resolve();
    }
  }
}

/** What the batch is about to take, told to those beside it; what it had said before is forgotten. */
export function announce(flight: Flight, plans: readonly HoldPlan[]): void {
  flight.held.clear();
  flight.seats.clear();
  for (const { quotas, seats } of plans) {
    for (const { quotaId, quantity } of quotas)
      flight.held.set(quotaId, (flight.held.get(quotaId) ?? 0) + quantity);
    for (const { seatId } of seats) flight.seats.add(seatId);
  }
  flight.judged.resolve();
}

/** What those beside this one take, or may have taken since it looked; null where they take nothing. */
export function takenBeside(flight: Flight): Pick<Flight, 'held' | 'seats'> | null {
  const held = new Map<string, number>();
  const seats = new Set<string>();
  for (const other of flight.beside) {
    for (const [quotaId, quantity] of other.held) held.set(quotaId, (held.get(quotaId) ?? 0) + quantity);
    for (const seatId of other.seats) seats.add(seatId);
  }
  return held.size === 0 ? null : { held, seats };
}
