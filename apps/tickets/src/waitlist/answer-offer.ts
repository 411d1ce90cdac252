import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import { lockHold } from '../holds/hold-rows.ts';
import type { Hold } from '../holds/hold.ts';
import { releaseLockedHold } from '../holds/release-hold.ts';
import type { Services } from '../services.ts';
import { judgeOffered, type NoOpenOffer, type WaitlistEntry } from './waitlist-entry.ts';
import { findOpenOffers, readEntryRow, type EntryRow, type WaitlistOffer } from './waitlist-rows.ts';

type Found = {
  readonly entry: WaitlistEntry;
  readonly guestEmail: string | null;
  readonly offer: WaitlistOffer | null;
  readonly now: Date;
};

/** Entries are locked before holds, as those who offer do. */
async function lockEntry(tx: Transaction, id: string): Promise<Found | null> {
  const [row] = await tx.rows<EntryRow & { readonly now: Date; readonly guest_email: string | null }>(
    `select e.*, now() as now, (select email from guest g where g.id = e.guest_id) as guest_email
     from waitlist_entry e where e.id = $1 for update of e`,
    [id],
  );
  if (!row) return null;
  const [offer] = await findOpenOffers(tx, [id]);
  return { entry: readEntryRow(row), guestEmail: row.guest_email, offer: offer ?? null, now: row.now };
}

function isTheirs(viewer: Viewer, { entry, guestEmail }: Found): boolean {
  return mayActOn(viewer, { placedBy: entry.joinedBy, guestEmail });
}

/** The one who waited takes the offer up: the hold is theirs to check out, for as long as it was offered for. */
export async function claimOffer(
  services: Services,
  viewer: Viewer,
  entryId: string,
): Promise<Outcome<Hold, NoOpenOffer | NotFound>> {
  return services.database.decide(viewer, async (tx): Promise<Outcome<Hold, NoOpenOffer | NotFound>> => {
    const found = await lockEntry(tx, entryId);
    if (!found || !isTheirs(viewer, found)) return notFound('The entry');
    const judged = judgeOffered(found.entry, found.offer, found.now);
    if (!judged.ok) return judged;
    const held = await lockHold(tx, found.offer!.holdId);
    if (held?.hold.status !== 'ACTIVE') {
      return judgeOffered({ status: 'OFFER_EXPIRED' }, null, found.now) as Outcome<never, NoOpenOffer>;
    }
    await tx.execute('update hold set placed_by = $2 where id = $1', [held.hold.id, viewer.subject]);
    await close(tx, found.entry, 'CLAIMED');
    tx.afterCommit(services.wake);
    return accept({ ...held.hold, placedBy: viewer.subject });
  });
}

/** They do not want to wait any more, or not what they are offered: the places go to the next in the line. */
export async function leaveWaitlist(
  services: Services,
  viewer: Viewer,
  entryId: string,
): Promise<Outcome<WaitlistEntry, NoOpenOffer | NotFound>> {
  type Answer = Outcome<WaitlistEntry, NoOpenOffer | NotFound>;
  return services.database.decide(viewer, async (tx): Promise<Answer> => {
    const found = await lockEntry(tx, entryId);
    if (!found || !isTheirs(viewer, found)) return notFound('The entry');
    const { entry, offer, now } = found;
    if (entry.status !== 'WAITING') {
      const judged = judgeOffered(entry, offer, now);
      if (!judged.ok) return judged;
    }
    await endEntry(tx, found, 'CANCELLED');
    tx.afterCommit(services.wake);
    return accept({ ...entry, status: 'CANCELLED' });
  });
}

/** For an entry that is locked: its offer's places are free again. */
async function endEntry(tx: Transaction, found: Found, status: 'CANCELLED' | 'REVOKED'): Promise<void> {
  const held = found.offer && (await lockHold(tx, found.offer.holdId));
  await close(tx, found.entry, status);
  if (held?.hold.status === 'ACTIVE') await releaseLockedHold(tx, held.hold);
}

/** The occurrence does not take place: nobody waits for it any more. False where the entry has ended already. */
export async function revokeEntry(tx: Transaction, entryId: string): Promise<boolean> {
  const found = await lockEntry(tx, entryId);
  if (found?.entry.status !== 'WAITING' && found?.entry.status !== 'OFFERED') return false;
  await endEntry(tx, found, 'REVOKED');
  return true;
}

/**
 * The sweeper's part. An offer is over by the clock, whether or not this has run; one whose hold became an order was
 * taken up, whoever did it.
 */
export async function settleOffer(
  services: Services,
  scope: { readonly organisationId: string },
  entryId: string,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    await settleEntry(tx, entryId);
    tx.afterCommit(services.wake);
  });
}

/** As `settleOffer`, in the caller's transaction. */
export async function settleEntry(tx: Transaction, entryId: string): Promise<void> {
  const found = await lockEntry(tx, entryId);
  if (found?.entry.status !== 'OFFERED' || !found.offer) return;
  const held = await lockHold(tx, found.offer.holdId);
  const status = held?.hold.status;
  if (status === 'CONVERTED') await close(tx, found.entry, 'CLAIMED');
  else if (status === 'RELEASED') await close(tx, found.entry, 'CANCELLED');
  else if (status === 'EXPIRED' || found.offer.expiresAt <= found.now)
    await close(tx, found.entry, 'OFFER_EXPIRED');
}

const offerStatus = {
  CLAIMED: 'CLAIMED',
  OFFER_EXPIRED: 'EXPIRED',
  CANCELLED: 'REVOKED',
  REVOKED: 'REVOKED',
};

async function close(
  tx: Transaction,
  { id: entryId, occurrenceId, ticketTypeId, guestId, quantity }: WaitlistEntry,
  status: keyof typeof offerStatus,
): Promise<void> {
  await tx.execute(
    `with closed as (
       update waitlist_offer set status = $3, settled_at = now() where entry_id = $1 and status = 'OFFERED')
     update waitlist_entry set status = $2 where id = $1`,
    [entryId, status, offerStatus[status]],
  );
  await appendEvents(tx, {
    streamId: streamId('waitlist-entry', entryId),
    events: [
      {
        type: 'tickets.waitlist-closed.v1',
        data: { entryId, occurrenceId, ticketTypeId, guestId, quantity, status: status as 'CLAIMED' },
      },
    ],
  });
}
