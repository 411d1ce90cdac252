import type { NatsConnection } from 'nats';
import type { Logger } from '@marquee/telemetry';
import type { Link } from './link.ts';
import { readLiveSettings, watchLiveSettings, type LiveSettings } from './live-settings.ts';
import { OperatorError } from './operator-error.ts';
import { stableTrack, type Topology } from './topology.ts';

/** Percent by track: whose takers get what is put into a queue. All of it is 100. */
export type QueueShares = Readonly<Record<string, number>>;

/** Live settings under this name: shares as JSON by queue. */
export const sharesSetting = 'queues';

/** Throws an OperatorError where these are not the whole of a queue of that name. */
export function assertShares(topology: Topology, queue: string, shares: QueueShares): void {
  const total = Object.values(shares).reduce((sum, percent) => sum + percent, 0);
  if (total !== 100 || Object.values(shares).some((percent) => percent < 0))
    throw new OperatorError(`the shares of the queue ${queue} must be 100 % together, and are ${total} %`);
  for (const track of Object.keys(shares)) topology.queue(queue, track);
}

/** The track that the next message is for; `draw` is from 0 to below 1. */
export function trackOf(shares: QueueShares, draw: number): string {
  let left = draw * 100;
  for (const [track, percent] of Object.entries(shares)) {
    if (left < percent) return track;
    left -= percent;
  }
  return stableTrack;
}

const sharesIn = (settings: LiveSettings, queue: string) =>
  JSON.parse(settings.get(queue) ?? '{}') as QueueShares;

/** Answers the shares of one queue as they are now; all of it for the stable track until an operator says otherwise. */
export async function watchShares(
  { link, topology, logger }: { readonly link: Link; readonly topology: Topology; readonly logger: Logger },
  connection: NatsConnection,
  queue: string,
): Promise<() => QueueShares> {
  // Read before the first message: of blue and green nobody takes as `stable`, and what is put there is anybody's.
  let shares = sharesIn(await readLiveSettings(connection, topology, sharesSetting), queue);
  watchLiveSettings(
    link,
    topology,
    sharesSetting,
    (settings) => (shares = sharesIn(settings, queue)),
    logger,
  );
  return () => shares;
}
