import { assertValidEvent, type DomainEvent } from '@marquee/contracts';
import { isUuid } from '@marquee/kernel';
import type { JsMsg } from 'nats';
import type { Rows } from './checkpoint.ts';
import { describe } from './faults.ts';
import { receivedHeaders, receivedText } from './received.ts';
import { parseIncoming, type Incoming } from './topology.ts';

/** Tries after which an event is given up. */
export const maxTries = 5;

/** For a message of no organisation that could be read. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** A message and what it was read as. */
export type Delivery = { readonly message: JsMsg; readonly incoming: Incoming };

export function readDelivery(message: JsMsg): Delivery {
  return { message, incoming: parseIncoming(receivedText(message), receivedHeaders(message)) };
}

/**
 * Keeps the whole message with the error, so that it can be handled later. Runs in the system scope: a message that
 * is no event may have no tenant.
 */
export async function storeDeadLetter(
  db: Rows,
  key: { readonly subscription: string; readonly source: string },
  { message, incoming }: Delivery,
  fault: { readonly error: unknown; readonly tries: number },
): Promise<void> {
  const messageId = incoming.event?.id ?? `${message.info.stream}:${message.seq}`;
  await db.rows(
    `insert into dead_letter (organisation_id, subscription, message_id, source, subject, payload, error, tries)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (subscription, message_id) do update
     set error = excluded.error, tries = excluded.tries, failed_at = now()`,
    [
      incoming.event?.organisationId ?? organisationOf(message.subject),
      key.subscription,
      messageId,
      key.source,
      message.subject,
      incoming.text,
      describe(fault.error),
      fault.tries,
    ],
  );
}

/** Takes the dead letter out and answers its event; null where there is none. Throws where it is no event. */
export async function takeDeadLetter(
  db: Rows,
  subscription: string,
  eventId: string,
): Promise<DomainEvent | null> {
  const [row] = await db.rows<{ payload: string }>(
    'delete from dead_letter where subscription = $1 and message_id = $2 returning payload',
    [subscription, eventId],
  );
  if (!row) return null;
  const event = JSON.parse(row.payload) as DomainEvent;
  assertValidEvent(event);
  return event;
}

/** The tenant of a dead letter; null where there is no such letter. */
export async function deadLetterTenant(
  db: Rows,
  subscription: string,
  eventId: string,
): Promise<string | null> {
  const [row] = await db.rows<{ organisation_id: string }>(
    'select organisation_id from dead_letter where subscription = $1 and message_id = $2',
    [subscription, eventId],
  );
  return row?.organisation_id ?? null;
}

/** The third part of a subject of ours. */
function organisationOf(subject: string): string {
  const part = subject.split('.')[2] ?? '';
  return isUuid(part) ? part : nobody;
}
