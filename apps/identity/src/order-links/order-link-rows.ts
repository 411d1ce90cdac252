import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { OrderLink } from './order-link.ts';

const columns = `id, organisation_id as "organisationId", order_id as "orderId", order_number as "orderNumber",
  guest_id as "guestId", revoked_at as "revokedAt"`;

type NewLink = Pick<OrderLink, 'orderId' | 'orderNumber' | 'guestId'>;

/** A link that is to be mailed. */
export async function insertLink(tx: Transaction, link: NewLink): Promise<void> {
  await tx.execute(
    'insert into order_link (organisation_id, id, order_id, order_number, guest_id) values ($1, $2, $3, $4, $5)',
    [tx.organisationId, newUuid(), link.orderId, link.orderNumber, link.guestId],
  );
}

/** The newest first. */
export async function linksOfOrder(tx: Transaction, orderId: string): Promise<OrderLink[]> {
  return tx.rows<OrderLink>(
    `select ${columns} from order_link where order_id = $1 order by created_at desc, id desc for update`,
    [orderId],
  );
}

export async function linkById(tx: Transaction, id: string): Promise<OrderLink | null> {
  const [link] = await tx.rows<OrderLink>(`select ${columns} from order_link where id = $1`, [id]);
  return link ?? null;
}

const unmailed = `select ${columns} from order_link where mail_id is null and revoked_at is null`;

/** Of all organisations, what is to be mailed (system scope). */
export async function findUnmailed(tx: Transaction, most: number): Promise<OrderLink[]> {
  return tx.rows<OrderLink>(`${unmailed} order by created_at limit $1`, [most]);
}

/** Those of them that still are, and that nobody else is mailing; kept from others until the transaction ends. */
export async function lockUnmailed(tx: Transaction, ids: readonly string[]): Promise<OrderLink[]> {
  return tx.rows<OrderLink>(`${unmailed} and id = any($1::uuid[]) order by id for update skip locked`, [ids]);
}

export async function noteMailed(tx: Transaction, id: string, mailId: string): Promise<void> {
  await tx.execute('update order_link set mail_id = $2 where id = $1', [id, mailId]);
}

/** What is still on its way with a link that was ended, its guest erased perhaps, leaves no more (system scope). */
export async function withdrawMails(tx: Transaction): Promise<void> {
  await tx.execute(
    `delete from mail where sent_at is null and in_bulk and exists (
       select from order_link l where l.mail_id = mail.id and l.revoked_at is not null)`,
  );
}

/** Answers those that held until now. */
export async function endLinks(
  tx: Transaction,
  where: { readonly orderId: string } | { readonly guestId: string },
): Promise<OrderLink[]> {
  return tx.rows<OrderLink>(
    `update order_link set revoked_at = clock_timestamp()
      where revoked_at is null and (order_id = $1 or guest_id = $2) returning ${columns}`,
    ['orderId' in where ? where.orderId : null, 'guestId' in where ? where.guestId : null],
  );
}
