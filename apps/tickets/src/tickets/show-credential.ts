import type { Context } from '../context.ts';
import { mayHoldTicket } from '../visible.ts';
import { codeAt, type CredentialRotation } from './credential.ts';
import { rotationWindow, stepAt } from './rotation.ts';
import { isLive, type CredentialPolicy, type Ticket } from './ticket.ts';

/** What a ticket shows at the door at one moment. */
export type ShownCredential = {
  readonly text: string;
  /** When it changes; null for one that stays. */
  readonly validUntil: Date | null;
};

async function policyOf({ loaders }: Context, ticket: Ticket): Promise<CredentialPolicy> {
  const occurrence = await loaders.occurrence.load(ticket.occurrenceId);
  return (occurrence && (await loaders.credentialPolicy.load(occurrence.eventId))) ?? 'ANY';
}

/** A scanner sees tickets that it must not be able to use; a plugin may keep one back until it has been heard. */
async function mayShow(context: Context, ticket: Ticket): Promise<boolean> {
  if (!isLive(ticket.status) || !(await mayHoldTicket(context, ticket))) return false;
  return !(await context.loaders.heldBack.load(ticket.id));
}

/** Null for who is not its holder, a ticket that is dead, and a rotating one outside its hours. */
export async function showCredential(
  context: Context,
  ticket: Ticket,
  now = new Date(),
): Promise<ShownCredential | null> {
  if (!(await mayShow(context, ticket))) return null;
  if ((await policyOf(context, ticket)) !== 'ROTATING') {
    return { text: context.services.credentials.sign(claimsOf(ticket)), validUntil: null };
  }
  const rotation = await rotationOf(context, ticket, now);
  const text = rotation && codeAt(rotation, now);
  if (!rotation || text === null) return null;
  const changesAt = rotation.opensAt.getTime() + (stepAt(rotation, now) + 1) * rotation.stepSeconds * 1_000;
  return { text, validUntil: new Date(changesAt) };
}

/** Also for an event that accepts both: an app may prefer codes that nobody can copy. */
export async function showRotation(
  context: Context,
  ticket: Ticket,
  now = new Date(),
): Promise<(CredentialRotation & { readonly code: string | null }) | null> {
  if (!(await mayShow(context, ticket)) || (await policyOf(context, ticket)) === 'STATIC') return null;
  const rotation = await rotationOf(context, ticket, now);
  return rotation && { ...rotation, code: codeAt(rotation, now) };
}

async function rotationOf(
  { services, loaders }: Context,
  ticket: Ticket,
  now: Date,
): Promise<CredentialRotation | null> {
  const occurrence = await loaders.occurrence.load(ticket.occurrenceId);
  if (!occurrence) return null;
  const window = rotationWindow(occurrence.startsAt, occurrence.endsAt);
  return services.credentials.rotation(claimsOf(ticket), window, now);
}

export function claimsOf({ id: ticketId, occurrenceId, credentialEpoch: epoch }: Ticket) {
  return { ticketId, occurrenceId, epoch };
}
