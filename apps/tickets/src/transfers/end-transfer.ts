import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActForOthers, mayActOnTicket, sameEmail } from '../access.ts';
import { awaitPlugins } from '../plugins/addition-rows.ts';
import { ensureGuest } from '../orders/ensure-guest.ts';
import type { Services } from '../services.ts';
import { lockTicket, type TicketForChange } from '../tickets/ticket-rows.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { judgeAcceptance, judgeOpen, type Transfer, type TransferNotPossible } from './transfer.ts';
import { findTransfers, lockTransfer } from './transfer-rows.ts';

type Found = { readonly transfer: Transfer; readonly holder: TicketForChange };

/** Locks the ticket, then its transfer: the order that everything keeps. */
async function lockBoth(tx: Transaction, transferId: string): Promise<Found | null> {
  const [seen] = await findTransfers(tx, [transferId]);
  const holder = seen ? await lockTicket(tx, seen.ticketId) : null;
  const transfer = holder ? await lockTransfer(tx, transferId) : null;
  return holder && transfer ? { transfer, holder } : null;
}

/**
 * The one it was offered to takes the ticket. In the same transaction the old credential becomes worthless; no place
 * is taken or given back.
 */
export async function acceptTransfer(
  services: Services,
  viewer: Viewer,
  transferId: string,
): Promise<Outcome<Ticket, TransferNotPossible | InvalidInput | NotFound | Unavailable>> {
  const [offered] = await services.database.read(viewer, (tx) => findTransfers(tx, [transferId]));
  if (!offered || !isAddressee(viewer, offered)) return notFound('The offer');
  const guest = await ensureGuest(services, viewer, {
    email: offered.toEmail,
    name: viewer.name ?? offered.toEmail.slice(0, offered.toEmail.indexOf('@')),
  });
  if (!guest.ok) return guest;
  return services.database.decide(
    viewer,
    async (tx): Promise<Outcome<Ticket, TransferNotPossible | NotFound>> => {
      const found = await lockBoth(tx, transferId);
      if (!found) return notFound('The offer');
      const { transfer, holder } = found;
      const { ticket, now } = holder;
      const judged = judgeAcceptance(transfer, { ...holder, status: ticket.status }, now);
      if (!judged.ok) return judged;
      await tx.execute(
        `with handed as (
         update ticket set status = 'VALID', guest_id = $2, credential_epoch = credential_epoch + 1 where id = $3)
       update transfer set status = 'ACCEPTED', to_guest_id = $2, settled_at = now() where id = $1`,
        [transferId, guest.value, ticket.id],
      );
      await awaitPlugins(tx, services.hooks, { ticketId: ticket.id });
      await appendEvents(tx, {
        streamId: streamId('ticket', ticket.id),
        events: [
          {
            type: 'tickets.transfer-accepted.v1',
            data: {
              transferId,
              ticketId: ticket.id,
              occurrenceId: ticket.occurrenceId,
              guestId: guest.value,
            },
          },
        ],
      });
      tx.afterCommit(services.wake);
      return accept({
        ...ticket,
        status: 'VALID',
        guestId: guest.value,
        credentialEpoch: ticket.credentialEpoch + 1,
      });
    },
  );
}

/** Box office may act for a guest who has no account; anyone else must be the one it was offered to. */
function isAddressee(viewer: Viewer, transfer: Transfer): boolean {
  return mayActForOthers(viewer) || sameEmail(transfer.toEmail, viewer.email);
}

/** The addressee does not want it, or its holder thought better of it: the ticket stays where it is. */
export async function endTransfer(
  services: Services,
  viewer: Viewer,
  transferId: string,
  how: 'DECLINED' | 'RECALLED',
): Promise<Outcome<Transfer, TransferNotPossible | NotFound>> {
  return services.database.decide(
    viewer,
    async (tx): Promise<Outcome<Transfer, TransferNotPossible | NotFound>> => {
      const found = await lockBoth(tx, transferId);
      const allowed =
        found &&
        (how === 'DECLINED' ? isAddressee(viewer, found.transfer) : mayActOnTicket(viewer, found.holder));
      if (!allowed) return notFound('The offer');
      const open = judgeOpen(found.transfer, found.holder.now);
      if (!open.ok) return open;
      await closeTransfer(tx, found, how);
      tx.afterCommit(services.wake);
      return accept({ ...found.transfer, status: how });
    },
  );
}

async function closeTransfer(
  tx: Transaction,
  { transfer, holder: { ticket } }: Found,
  status: 'DECLINED' | 'RECALLED' | 'EXPIRED',
): Promise<void> {
  await tx.execute(
    `with back as (update ticket set status = 'VALID' where id = $2 and status = 'TRANSFER_PENDING')
     update transfer set status = $3, settled_at = now() where id = $1`,
    [transfer.id, ticket.id, status],
  );
  await appendEvents(tx, {
    streamId: streamId('ticket', ticket.id),
    events: [
      {
        type: 'tickets.transfer-closed.v1',
        data: { transferId: transfer.id, ticketId: ticket.id, occurrenceId: ticket.occurrenceId, status },
      },
    ],
  });
}

/** The sweeper's part: the ticket of an offer that nobody took is its holder's alone again. */
export async function expireTransfer(
  services: Services,
  scope: { readonly organisationId: string },
  transferId: string,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockBoth(tx, transferId);
    if (!found || found.transfer.status !== 'OFFERED' || found.transfer.expiresAt > found.holder.now) return;
    await closeTransfer(tx, found, 'EXPIRED');
    tx.afterCommit(services.wake);
  });
}
