/** What an interceptor sees of an event: enough to know whose it is, and its content. */
export type EventContent = {
  readonly id: string;
  readonly streamId: string;
  readonly organisationId: string;
  /** A type of the catalogue; on the way out perhaps an old version of it. */
  readonly type: string;
  readonly data: unknown;
};

/**
 * Changes `type` and `data` of an event on its way into or out of the log; whatever else it answers is ignored. On
 * the way in it runs after validation and before anything is written (the caller still gets its own event back); on
 * the way out before upcasting. So what is enciphered on the way in is deciphered before an upcaster reads it. One
 * that must load something (a key) answers a promise and closes over where to load from; `prepare`, where it has one, is
 * called before with all the events of the append or of the page, as they come to the chain, so that it can load for all
 * of them at once.
 */
export type EventInterceptor = {
  (event: EventContent): EventContent | Promise<EventContent>;
  prepare?(events: readonly EventContent[]): Promise<void>;
};

/**
 * Runs the chain over every event, in order, each event through the whole chain before the next. Waits only where an
 * interceptor answers a promise: a promise an event would cost more than reading the event does.
 */
export async function intercept<E extends EventContent>(
  events: readonly E[],
  chain: readonly EventInterceptor[],
): Promise<E[]> {
  if (chain.length === 0) return [...events];
  for (const interceptor of chain) await interceptor.prepare?.(events);
  const changed: E[] = [];
  for (const event of events) {
    let content: EventContent = event;
    for (const interceptor of chain) {
      const answer = interceptor(content);
      content = isPromise(answer) ? await answer : answer;
    }
    changed.push({ ...event, type: content.type, data: content.data });
  }
  return changed;
}

/** Not `instanceof`: a library may answer a thenable of its own. */
function isPromise<T extends object>(answer: T | Promise<T>): answer is Promise<T> {
  return 'then' in answer;
}
