import { createBreaker, type Breaker } from '@marquee/outbound';
import { LRUCache } from 'lru-cache';
import type { Claimed } from './claim.ts';
import type { Sent } from './send.ts';

/**
 * A breaker for each endpoint that this process sends to. It opens here; the endpoint's row carries that to the other
 * workers and across restarts, and says who tries it when: a trial passes by the breaker, and its success closes it.
 */
export type EndpointBreakers = {
  /** How it went, or `open` where nothing was sent. */
  run(of: Claimed, send: () => Promise<Sent>): Promise<Sent | 'open'>;
  /** Those that opened and are not written down yet. */
  opened(): readonly OpenedBreaker[];
  /** They are written down: whatever is claimed from now on was claimed in spite of it. */
  writtenDown(opened: readonly OpenedBreaker[]): void;
  stop(): void;
};

export type OpenedBreaker = Pick<Claimed, 'organisationId' | 'endpointId'>;

/** 70 % of at least ten within a minute. */
const thresholds = { errorThresholdPercentage: 70, volumeThreshold: 10, windowMs: 60_000 };
const mostBreakers = 10_000;

class FailedAttempt extends Error {
  readonly sent: Sent;

  constructor(sent: Sent) {
    super('failed');
    this.sent = sent;
  }
}

/** `isOn`: whether breakers hold for an organisation now; while they do not each attempt is made, as a trial is. */
export function createEndpointBreakers(
  isOn: (organisationId: string) => boolean = () => true,
): EndpointBreakers {
  const opened = new Map<string, OpenedBreaker>();
  const writtenDownAtMs = new LRUCache<string, number>({ max: mostBreakers });
  const breakers = new LRUCache<string, Breaker>({ max: mostBreakers, dispose: (breaker) => breaker.stop() });
  const breakerOf = ({ organisationId, endpointId }: Claimed): Breaker => {
    const known = breakers.get(endpointId);
    if (known) return known;
    const onOpen = () => opened.set(endpointId, { organisationId, endpointId });
    const breaker = createBreaker({ ...thresholds, onOpen });
    breakers.set(endpointId, breaker);
    return breaker;
  };
  return {
    run: async (of, send) => {
      const breaker = breakerOf(of);
      if (of.trial || !isOn(of.organisationId)) {
        const sent = await send();
        if (sent.ok) breaker.close();
        return sent;
      }
      // Claimed though its row said open: another worker has seen it well since.
      if (breaker.isOpen() && of.claimedAtMs > (writtenDownAtMs.get(of.endpointId) ?? Infinity))
        breaker.close();
      try {
        return await breaker.run(async () => {
          const sent = await send();
          if (!sent.ok) throw new FailedAttempt(sent);
          return sent;
        });
      } catch (error) {
        if (error instanceof FailedAttempt) return error.sent;
        if ((error as { code?: string }).code === 'BREAKER_OPEN') return 'open';
        throw error;
      }
    },
    opened: () => [...opened.values()],
    writtenDown: (those) => {
      for (const { endpointId } of those) {
        opened.delete(endpointId);
        writtenDownAtMs.set(endpointId, performance.now());
      }
    },
    stop: () => breakers.clear(),
  };
}
