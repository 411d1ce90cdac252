/** What an interceptor can count on: an event of the log, of the wire, or one not logged yet. */
export type InterceptedEvent = { readonly type: string; readonly data: unknown };

/** Goes on with the event, or with another in its place. Settles when everything further in has. */
export type Next<E> = (event?: E) => Promise<void>;

/**
 * Stands around a publication or a handling: does something before `next`, after it, in its place (an event whose
 * `next` is never called goes no further), or hands on a changed event. What it throws, the caller gets.
 */
export type Interceptor<E extends InterceptedEvent> = (event: E, next: Next<E>) => Promise<void>;

/** One interceptor of many; the first is the outermost. Each may call its `next` once. */
export function compose<E extends InterceptedEvent>(interceptors: readonly Interceptor<E>[]): Interceptor<E> {
  const enter = async (place: number, event: E, last: Next<E>): Promise<void> => {
    const interceptor = interceptors[place];
    if (!interceptor) return last(event);
    let entered = false;
    await interceptor(event, async (changed = event) => {
      if (entered) throw new Error(`interceptor ${place + 1} called next() twice`);
      entered = true;
      await enter(place + 1, changed, last);
    });
  };
  return (event, next) => enter(0, event, next);
}

/**
 * A handler of any kind, such as one of messaging's `project`, with interceptors around it. What else it takes is
 * passed on; of several answers there are none, because an interceptor may leave the handler out.
 */
export function intercepted<E extends InterceptedEvent, Rest extends unknown[]>(
  interceptors: readonly Interceptor<E>[],
  handler: (event: E, ...rest: Rest) => Promise<void>,
): (event: E, ...rest: Rest) => Promise<void> {
  const chain = compose(interceptors);
  return (event, ...rest) => chain(event, (changed = event) => handler(changed, ...rest));
}
