import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnTicket, sameEmail } from '../access.ts';
import type { Services } from '../services.ts';
import { lockTicket } from '../tickets/ticket-rows.ts';
import { judgeOffer, offerExpiry, type Transfer, type TransferNotPossible } from './transfer.ts';

type Refusals = TransferNotPossible | InvalidInput | NotFound;

/** Offers a ticket to someone. Until it is accepted it stays its holder's, and still opens the door. */
export async function offerTransfer(
  services: Services,
  viewer: Viewer,
  { ticketId, toEmail }: { readonly ticketId: string; readonly toEmail: string },
): Promise<Outcome<Transfer, Refusals>> {
  return services.database.decide(viewer, async (tx): Promise<Outcome<Transfer, Refusals>> => {
    const found = await lockTicket(tx, ticketId);
    if (!found || !mayActOnTicket(viewer, found)) return notFound('The ticket');
    if (sameEmail(found.guestEmail, toEmail)) return invalid('toEmail', 'is the address of its holder');
    const judged = judgeOffer({ ...found, status: found.ticket.status }, found.now);
    if (!judged.ok) return judged;
    const transfer: Transfer = {
      id: newUuid(),
      ticketId,
      fromGuestId: found.ticket.guestId,
      offeredBy: viewer.subject,
      toEmail,
      status: 'OFFERED',
      expiresAt: offerExpiry(found.now, found.startsAt, services.terms.transferDays),
    };
    await tx.execute(
      `with pending as (update ticket set status = 'TRANSFER_PENDING' where id = $3)
       insert into transfer (organisation_id, id, ticket_id, from_guest_id, offered_by, to_email, status, expires_at)
       values ($1, $2, $3, $4, $5, $6, 'OFFERED', $7)`,
      [
        tx.organisationId,
        transfer.id,
        ticketId,
        transfer.fromGuestId,
        viewer.subject,
        toEmail,
        transfer.expiresAt,
      ],
    );
    await appendEvents(tx, {
      streamId: streamId('ticket', ticketId),
      interceptors: services.encryption ? [services.encryption.within(tx).append] : [],
      events: [
        {
          type: 'tickets.transfer-offered.v1',
          data: {
            transferId: transfer.id,
            ticketId,
            occurrenceId: found.ticket.occurrenceId,
            toEmail,
            expiresAt: transfer.expiresAt.toISOString(),
          },
        },
      ],
    });
    tx.afterCommit(services.wake);
    return accept(transfer);
  });
}
