import { setTimeout as delay } from 'node:timers/promises';
import type { Outbound } from '@marquee/outbound';
import { systemScope, type Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { signBody } from '../signature.ts';
import { sandboxSignatureHeader } from './sandbox-provider.ts';

export type SandboxDeliveries = {
  /** Looks for what is due now. */
  wake(): void;
  /** One round; answers how many were delivered. */
  deliverDue(): Promise<number>;
  stop(): Promise<void>;
};

const batchSize = 50;
const longestPauseMs = 60_000;

type Due = { readonly id: string; readonly body: string; readonly attempts: number };

type Options = {
  readonly database: Database;
  readonly url: () => string;
  readonly secret: string;
  readonly outbound: Outbound;
  readonly logger: Logger;
  /** How often it looks without being woken; 0: only `deliverDue`. */
  readonly everyMs: number;
};

/** Sends one, and writes down whether it was taken. */
async function send(
  { database, outbound, logger, url, secret }: Options,
  { id, body, attempts }: Due,
): Promise<boolean> {
  const taken = await outbound
    .fetch(url(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [sandboxSignatureHeader]: signBody(body, secret, new Date()),
      },
      body,
    })
    .then(({ ok, status }) => {
      if (!ok) logger.warn({ status, id }, 'a webhook of the sandbox was not taken');
      return ok;
    })
    .catch((error: unknown) => {
      logger.warn({ error, id }, 'a webhook of the sandbox could not be delivered');
      return false;
    });
  const pauseMs = Math.min(500 * 2 ** attempts, longestPauseMs);
  await database.transaction(systemScope, (tx) =>
    tx.execute(
      `update sandbox_webhook set attempts = attempts + 1, delivered_at = case when $2 then now() end,
         deliver_at = case when $2 then deliver_at else now() + $3 * interval '1 millisecond' end
       where id = $1`,
      [id, taken, pauseMs],
    ),
  );
  return taken;
}

/**
 * Sends the sandbox's webhooks over HTTP, signed, as a provider would: again and again until each is taken. `url` is
 * asked for each time, since a server knows its port only once it listens.
 */
export function startSandboxDeliveries(options: Options): SandboxDeliveries {
  const { database, logger } = options;
  const stopping = new AbortController();
  let alarm = new AbortController();

  const deliverDue = async () => {
    const due = await database.transaction(
      systemScope,
      (tx) =>
        tx.rows<Due>(
          `select id, body, attempts from sandbox_webhook where delivered_at is null and deliver_at <= clock_timestamp()
           order by deliver_at, id limit ${batchSize}`,
        ),
      { readOnly: true },
    );
    let delivered = 0;
    for (const webhook of due) if (await send(options, webhook)) delivered += 1;
    return delivered;
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const rung = AbortSignal.any([alarm.signal, stopping.signal]);
      const done = await deliverDue().catch((error: unknown) => {
        logger.warn({ error }, 'the sandbox could not deliver its webhooks');
        return 0;
      });
      if (done === 0) await delay(options.everyMs, undefined, { signal: rung }).catch(() => undefined);
      if (alarm.signal.aborted) alarm = new AbortController();
    }
  };
  const running = options.everyMs > 0 ? loop() : Promise.resolve();
  return {
    wake: () => alarm.abort(),
    deliverDue,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
