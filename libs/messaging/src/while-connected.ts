import type { NatsConnection } from 'nats';
import type { Link } from './link.ts';
import { anySignal, backoffMs, pause } from './timing.ts';

/**
 * Runs `session` on each connection, one after the other, until `stop` fires. A session's signal fires when its
 * connection ends; a session that throws begins anew after a back-off that grows until one ends well.
 */
export async function whileConnected(options: {
  readonly link: Link;
  readonly stop: AbortSignal;
  readonly session: (connection: NatsConnection, signal: AbortSignal) => Promise<void>;
  /** Ends a session besides: asked for at the start of each. */
  readonly restart?: () => AbortSignal;
  /** There is no connection now. */
  readonly onWaiting?: () => void;
  /** Hears no fault of a session that was to end. */
  readonly onFault: (error: unknown) => void;
}): Promise<void> {
  const { link, stop } = options;
  for (let failures = 0; !stop.aborted;) {
    if (!link.current()) options.onWaiting?.();
    const connection = await link.connected(stop);
    if (!connection) continue;
    const ending = anySignal(stop, link.down(), ...(options.restart ? [options.restart()] : []));
    try {
      await options.session(connection, ending.signal);
      failures = 0;
    } catch (error) {
      if (ending.signal.aborted) continue;
      options.onFault(error);
      await pause(backoffMs(++failures), stop);
    } finally {
      ending.end();
    }
  }
}
