import type { DomainEvent } from '@marquee/contracts';
import { compose, type AnyInterceptor } from '@marquee/event-bus';

/** An event that an interceptor of publications would leave out: the stream is a copy of the log, whole. */
export class LeftOutError extends Error {
  override readonly name = 'LeftOutError';
}

/**
 * Does `work` once for all events, inside the interceptors of each: every one's `next` waits until all others are there
 * too and settles as `work` does. What `work` gets are the events as they were handed on, in order, without those that
 * were left out. Throws where an interceptor or `work` does; where an interceptor throws first, `work` is not done.
 */
export async function aroundAll(
  interceptors: readonly AnyInterceptor[],
  events: readonly DomainEvent[],
  work: (events: readonly DomainEvent[]) => Promise<void>,
): Promise<void> {
  if (interceptors.length === 0 || events.length === 0) return work(events);
  const chain = compose<DomainEvent>(interceptors);
  const arrived: (DomainEvent | undefined)[] = [];
  const done = Promise.withResolvers<void>();
  // Where every event is left out, nobody waits for it.
  done.promise.catch(() => undefined);
  let missing = events.length;
  const count = () => {
    if (--missing > 0) return;
    work(arrived.filter((event) => event !== undefined)).then(done.resolve, done.reject);
  };
  const runs = events.map(async (event, place) => {
    let entered = false;
    try {
      await chain(event, (changed = event) => {
        entered = true;
        arrived[place] = changed;
        count();
        return done.promise;
      });
    } catch (error) {
      done.reject(error);
      throw error;
    }
    if (!entered) count();
  });
  const results = await Promise.allSettled(runs);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  await done.promise;
}
