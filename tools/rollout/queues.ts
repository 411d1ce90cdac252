import type { QueueShares } from '@marquee/messaging';
import { setShares, type NatsAddress } from '../release/share.ts';
import { untilSo, type Patience } from './pods.ts';

/** Gives tracks their shares, trying for as long as a cluster of NATS may take to choose another leader, and some more. */
export async function shareQueues(
  address: NatsAddress,
  queues: readonly string[],
  shares: QueueShares,
  patience: Patience,
): Promise<void> {
  const look = () =>
    setShares(address, queues, shares).then(
      () => null,
      (error: Error) => `the shares of ${queues.join(', ')} could not be set: ${error.message}`,
    );
  await untilSo(look, patience.natsTimeoutMs, patience);
}
