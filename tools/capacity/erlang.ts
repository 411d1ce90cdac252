/**
 * A. K. Erlang, "Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone
 * Exchanges" (1917), as in L. Kleinrock, "Queueing Systems I" (1975), 3.4 to 3.6: arrivals by chance (Poisson), service times
 * exponential, `servers` of them, one line for all, nobody leaves it. Offered load is in erlangs: arrivals a second times
 * seconds of service.
 */

/** The chance that all are busy where nobody waits (M/M/c/c); by its recursion, for factorials overflow at 171. */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** The chance that one has to wait (M/M/c); 1 where more comes than can be done. */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  const blocked = erlangB(servers, offered);
  return (servers * blocked) / (servers - offered * (1 - blocked));
}

/** How it is to wait where `arrivalsPerSecond` come and each takes `serviceSeconds` of one of `servers`. */
export type Line = {
  readonly servers: number;
  readonly arrivalsPerSecond: number;
  readonly serviceSeconds: number;
  /**
   * (1 + C²) / 2, C being the service times' deviation over their mean: 1 where they are exponential, more where short and
   * long ones are mixed. It stretches the wait (A. O. Allen and J. H. Cunneen's approximation; for one server it is Pollaczek's
   * and Khinchine's exact mean).
   */
  readonly stretch?: number;
};

/** The mean wait before service; infinite where more comes than can be done. */
export function meanWaitSeconds({ servers, arrivalsPerSecond, serviceSeconds, stretch = 1 }: Line): number {
  const offered = arrivalsPerSecond * serviceSeconds;
  if (offered >= servers) return Infinity;
  return (erlangC(servers, offered) * stretch * serviceSeconds) / (servers - offered);
}

/** The part that waits longer than this: C(c, a) × exp(-(c - a) × t / s), the wait stretched. */
export function waitsLonger(
  { servers, arrivalsPerSecond, serviceSeconds, stretch = 1 }: Line,
  seconds: number,
): number {
  const offered = arrivalsPerSecond * serviceSeconds;
  if (offered >= servers) return 1;
  return erlangC(servers, offered) * Math.exp((-(servers - offered) * seconds) / (serviceSeconds * stretch));
}
