import type { BudgetName } from './budgets.ts';

/** How processes of the gateway tell each other something, each message at most once. */
export type Channel = {
  send(message: unknown): void;
  /** Hears what the others send, not what this process does. */
  listen(listener: (message: unknown) => void): void;
};

export type SharedCounts = {
  /** Points that were spent here, or given back. */
  note(budget: BudgetName, key: string, points: number): void;
  stop(): void;
};

type Told = readonly (readonly [BudgetName, string, number])[];

/**
 * What one process spends, the others know after this. A caller that asks several at once may spend that much more: what
 * each of them admits in this time.
 */
const everyMs = 250;
/** A message stays well below what NATS takes. */
const mostEntries = 2_000;

function isTold(message: unknown): message is Told {
  return (
    Array.isArray(message) &&
    message.every(
      (entry) =>
        Array.isArray(entry) &&
        typeof entry[0] === 'string' &&
        typeof entry[1] === 'string' &&
        Number.isFinite(entry[2]),
    )
  );
}

/** Tells the other processes what was spent here, four times a second and summed, and hears what they spent. */
export function shareCounts(
  channel: Channel,
  onSpent: (budget: BudgetName, key: string, points: number) => void,
  intervalMs = everyMs,
): SharedCounts {
  const spent = new Map<BudgetName, Map<string, number>>();
  channel.listen((message) => {
    if (isTold(message)) for (const [budget, key, points] of message) onSpent(budget, key, points);
  });
  const tell = () => {
    const all: [BudgetName, string, number][] = [];
    for (const [budget, byKey] of spent) {
      for (const [key, points] of byKey) if (points !== 0) all.push([budget, key, points]);
    }
    spent.clear();
    for (let start = 0; start < all.length; start += mostEntries) {
      channel.send(all.slice(start, start + mostEntries));
    }
  };
  const timer = setInterval(tell, intervalMs).unref();
  return {
    note: (budget, key, points) => {
      let byKey = spent.get(budget);
      if (!byKey) spent.set(budget, (byKey = new Map()));
      byKey.set(key, (byKey.get(key) ?? 0) + points);
    },
    stop: () => clearInterval(timer),
  };
}
