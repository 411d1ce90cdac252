/** Where time comes from. Rules take an instant as an argument; only wiring holds a clock. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
