import { setTimeout as wait } from 'node:timers/promises';
import { newUuid } from '@marquee/kernel';
import { connectMessaging } from '@marquee/messaging';
import { silentLogger } from '@marquee/telemetry';
import type { Servers } from './servers.ts';

/** What the rehearsed service takes from. */
export const rehearsedQueue = { name: 'rehearsed', maxBytes: 64 * 1024 * 1024, keptDays: 1 } as const;

export type MessageSummary = {
  /** Kept by the server, as it said. */
  readonly put: number;
  /** Whose effect is there. */
  readonly handled: number;
  /** By the track of the process that handled them. */
  readonly tracks: Readonly<Record<string, number>>;
};

export type Messages = {
  /** Puts no more, and waits a while for all to be handled. Answers the same when it is asked again. */
  stop(): Promise<MessageSummary>;
};

const handledWithinMs = 30_000;

/** Puts messages by the clock. */
export async function startMessages(servers: Servers, perSecond: number): Promise<Messages> {
  const messaging = await connectMessaging({
    url: servers.natsUrl,
    service: 'rehearsal',
    logger: silentLogger,
  });
  const queue = messaging.queue(rehearsedQueue);
  const underWay = new Set<Promise<void>>();
  let put = 0;
  let due = 0;
  const beganAtMs = performance.now();
  const send = async () => {
    const id = newUuid();
    // What is not kept is nobody's loss: whoever puts is told, and has it still.
    const isKept = await queue.put(id, { id }).then(
      () => true,
      () => false,
    );
    put += Number(isKept);
  };
  const timer = setInterval(() => {
    const now = Math.floor(((performance.now() - beganAtMs) / 1_000) * perSecond);
    for (; due < now; due += 1) {
      const sending = send().finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
  }, 10);
  const end = async (): Promise<MessageSummary> => {
    clearInterval(timer);
    await Promise.all(underWay);
    await messaging.drain();
    const untilMs = performance.now() + handledWithinMs;
    for (;;) {
      const tracks = await servers.handledMessages();
      const handled = Object.values(tracks).reduce((sum, count) => sum + count, 0);
      if (handled === put || performance.now() > untilMs) return { put, handled, tracks };
      await wait(200);
    }
  };
  let ending: Promise<MessageSummary> | undefined;
  return { stop: () => (ending ??= end()) };
}
