import { connectOperator, type QueueShares } from '@marquee/messaging';

/** Where the platform's NATS answers. */
export type NatsAddress = { readonly url: string; readonly namespace: string };

/** Gives tracks their shares of what is put into these queues. What is done twice is as what is done once. */
export async function setShares(
  { url, namespace }: NatsAddress,
  queues: readonly string[],
  shares: QueueShares,
): Promise<void> {
  const operator = await connectOperator({ url, namespace });
  try {
    for (const queue of queues) await operator.shareQueue(queue, shares);
  } finally {
    await operator.close();
  }
}
