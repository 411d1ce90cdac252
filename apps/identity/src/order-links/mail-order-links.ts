import { questions } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import type { Messaging } from '@marquee/messaging';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import { accountByEmail } from '../accounts/account-rows.ts';
import type { Services } from '../command.ts';
import { post } from '../mail/mail.ts';
import { organisationsById } from '../organisations/organisation-rows.ts';
import { createLinkSigner, type SignLink } from './link-token.ts';
import { endLinks, findUnmailed, lockUnmailed, noteMailed, withdrawMails } from './order-link-rows.ts';
import { orderLinkDays, type OrderLink } from './order-link.ts';

/** Of these guests, where each is to be written to; who is erased or deleted has no entry. */
export type Addresses = (
  organisationId: string,
  guestIds: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

export function askAddresses(messaging: Pick<Messaging, 'ask'>): Addresses {
  return async (organisationId, guestIds) => {
    const { guests } = await messaging.ask(
      questions.guestAddresses,
      { guestIds: [...new Set(guestIds)] },
      { organisationId, timeoutMs: 5_000 },
    );
    return new Map(guests.map(({ guestId, email }) => [guestId, email]));
  };
}

const atOnce = 50;

/**
 * Mails the links that wait, to who has no account: others sign in. Mails of links that were ended are withdrawn. Guests is asked before anything is locked; who else
 * mails meanwhile finds them taken. Answers how many waited.
 */
export async function mailOrderLinks(services: Services, addresses: Addresses): Promise<number> {
  const { database, onCommit } = services;
  const waiting = await database.transaction(systemScope, async (tx) => {
    await withdrawMails(tx);
    return findUnmailed(tx, atOnce);
  });
  if (waiting.length === 0) return 0;
  const sign = await createLinkSigner(services);
  for (const [organisationId, own] of Map.groupBy(waiting, (link) => link.organisationId)) {
    const guestIds = own.map(({ guestId }) => guestId);
    const found = await addresses(organisationId, guestIds);
    await database.transaction(systemScope, async (tx) => {
      tx.afterCommit(onCommit);
      const ids = own.map(({ id }) => id);
      for (const link of await lockUnmailed(tx, ids))
        await mailLink(tx, services, sign, link, found.get(link.guestId) ?? null);
    });
  }
  return waiting.length;
}

async function mailLink(
  tx: Transaction,
  { orderPageUrl }: Services,
  sign: SignLink,
  link: OrderLink,
  email: string | null,
): Promise<void> {
  const { organisationId, orderId, orderNumber } = link;
  if (email === null || (await accountByEmail(tx, email))) {
    await asTenant(tx, organisationId, (own) => endLinks(own, { orderId }));
    return;
  }
  const [organisation] = await organisationsById(tx, [organisationId]);
  // Behind a `#`: what stands there, browsers send to no server, and no server writes it into a log.
  const body = `Thank you: your order ${orderNumber} is paid. See it, and your tickets:

${orderPageUrl}#${await sign(link)}

Whoever has this link can act on the order: keep it to yourself. It works for ${orderLinkDays} days.
`;
  const subject = organisation
    ? `Your order ${orderNumber} at ${organisation.name}`
    : `Your order ${orderNumber}`;
  const mailId = await post(tx, { recipient: email, subject, body }, { inBulk: true });
  await asTenant(tx, organisationId, async (own) => {
    await noteMailed(own, link.id, mailId);
    await appendEvents(own, {
      streamId: streamId('order-link', link.id),
      events: [{ type: 'identity.order-link-sent.v1', data: { linkId: link.id, orderId } }],
    });
  });
}
