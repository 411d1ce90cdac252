import { Type, type Static } from 'typebox';
import { instant, text, uuid } from './schemas.ts';

/** What a gateway puts into the queue of this name and the hub takes: what API keys asked for. */
export const usageQueue = { name: 'usage', maxBytes: 256 * 1024 * 1024, keptDays: 14 } as const;

/** So many requests are in one batch at most. */
export const mostMetered = 1_000;

/** One message of that queue. The same request may come in two batches, or a batch twice: its id counts once. */
export const meteredBatch = Type.Object({
  requests: Type.Array(
    Type.Object({
      id: uuid,
      organisationId: uuid,
      /** Of the API key. */
      keyId: uuid,
      /** The root field, such as `holdTickets`. */
      operation: text(100),
      at: instant,
    }),
    { maxItems: mostMetered },
  ),
});

export type MeteredBatch = Static<typeof meteredBatch>;
export type MeteredRequest = MeteredBatch['requests'][number];
