/** Someone's time as the holder of a ticket, as the log tells it. */
export type Holding = {
  readonly guestId: string;
  readonly how: 'ISSUED' | 'TRANSFERRED';
  readonly from: Date;
  /** Null while they hold it. */
  readonly until: Date | null;
  /** Why it ended; null while they hold it. */
  readonly ended: 'TRANSFERRED' | 'SOLD_ON' | 'CANCELLED' | null;
};

/** What of the log makes someone a holder or ends it. */
export type OwnershipFact = { readonly at: Date } & (
  | { readonly kind: 'issued' | 'transferred'; readonly guestId: string }
  | { readonly kind: 'sold-on' | 'cancelled' | 'exchanged' }
);

/** The holders one after another, from facts in the order of the ticket's stream. */
export function foldHoldings(facts: readonly OwnershipFact[]): Holding[] {
  const holdings: Holding[] = [];
  let soldOn = false;
  for (const fact of facts) {
    if (fact.kind === 'sold-on') {
      soldOn = true;
      continue;
    }
    // For another occurrence, in the same hands.
    if (fact.kind === 'exchanged') continue;
    const last = holdings.at(-1);
    if (last?.until === null) {
      const ended = fact.kind === 'cancelled' ? (soldOn ? 'SOLD_ON' : 'CANCELLED') : 'TRANSFERRED';
      holdings[holdings.length - 1] = { ...last, until: fact.at, ended };
    }
    if (fact.kind === 'issued' || fact.kind === 'transferred') {
      const how = fact.kind === 'issued' ? 'ISSUED' : 'TRANSFERRED';
      holdings.push({ guestId: fact.guestId, how, from: fact.at, until: null, ended: null });
    }
  }
  return holdings;
}
