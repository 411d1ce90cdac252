import type { DomainEvent } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import type { EventInterceptor } from './intercept.ts';
import { eventColumns, toDomainEvents, type EventRow } from './row.ts';

/** Events by their ids, in no order; those that are unknown, or another tenant's, are left out. */
export async function readEvents(
  tx: Transaction,
  eventIds: readonly string[],
  { interceptors }: { readonly interceptors?: readonly EventInterceptor[] } = {},
): Promise<DomainEvent[]> {
  const rows = await tx.rows<EventRow>(
    `select ${eventColumns} from event_log where event_id = any($1::uuid[])`,
    [eventIds],
  );
  return toDomainEvents(rows, interceptors);
}
