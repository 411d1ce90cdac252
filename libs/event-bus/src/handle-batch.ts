import type { DomainEvent } from '@marquee/contracts';
import type { Interceptor } from './compose.ts';

export type BatchFault = { readonly events: readonly DomainEvent[]; readonly error: unknown };

/**
 * Hands the events to one call of the handler, each through its own run of the interceptors: every one's `next` waits
 * until all others are there (or have turned back), and settles as the handler does. So a span or a measurement of an
 * event spans the handling of its batch, and an event that one refuses does not keep the others away.
 */
export async function handleBatch(
  events: readonly DomainEvent[],
  chain: Interceptor<DomainEvent>,
  handler: (events: readonly DomainEvent[]) => Promise<void> | void,
): Promise<BatchFault[]> {
  const arrived: { readonly place: number; readonly event: DomainEvent }[] = [];
  const handled = Promise.withResolvers<void>();
  // Where no event gets through, nobody listens to it.
  handled.promise.catch(() => undefined);
  let missing = events.length;
  let handlerFault: { readonly error: unknown } | undefined;
  const count = async () => {
    if (--missing > 0) return;
    try {
      const ready = arrived.toSorted((one, other) => one.place - other.place).map(({ event }) => event);
      if (ready.length > 0) await handler(ready);
      handled.resolve();
    } catch (error) {
      handlerFault = { error };
      handled.reject(error);
    }
  };
  const runs = events.map(async (event, place) => {
    let arrives = false;
    try {
      await chain(event, (changed = event) => {
        arrives = true;
        arrived.push({ place, event: changed });
        void count();
        return handled.promise;
      });
    } finally {
      if (!arrives) void count();
    }
  });
  const results = await Promise.allSettled(runs);
  const own = results.flatMap((result, place) =>
    result.status === 'rejected' && result.reason !== handlerFault?.error
      ? [{ events: [events[place]!], error: result.reason as unknown }]
      : [],
  );
  return handlerFault ? [{ events, error: handlerFault.error }, ...own] : own;
}
