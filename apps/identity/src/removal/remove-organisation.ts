import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  money,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { deliverToSaga, startSaga } from '@marquee/sagas';
import { decide, type Command } from '../command.ts';
import { membershipsOf } from '../members/member-rows.ts';
import { lockOrganisation } from '../organisations/organisation-rows.ts';
import { noteRevocationOfAll } from '../sessions/revocations.ts';
import { judgeStepUp, type StepUpRequired } from '../sign-in/step-up.ts';
import { accountIdOf } from '../viewer.ts';
import type { Business } from './ask-business.ts';
import { deleteParts, insertRemoval, lockRemovalUnderWay, moveRemoval } from './removal-rows.ts';
import { removalSaga } from './removal-saga.ts';

export type OrganisationInBusiness = {
  readonly kind: 'OrganisationInBusiness';
  readonly message: string;
} & Omit<Business, 'ledger' | 'dues'>;
export type InvoicesUnpaid = {
  readonly kind: 'InvoicesUnpaid';
  readonly message: string;
  readonly invoices: number;
  readonly due: Money[];
};
export type NotOwner = { readonly kind: 'NotOwner'; readonly message: string };
export type RemovalTooFar = { readonly kind: 'RemovalTooFar'; readonly message: string };

type Started = { readonly organisationId: string };
type Refusals =
  NotOwner | StepUpRequired | OrganisationInBusiness | InvoicesUnpaid | Unavailable | InvalidInput | NotFound;

/**
 * Begins to remove the viewer's organisation: from now on it is read only, then everything is copied, and some days later
 * erased. Asked again while it is under way, it answers the same.
 */
export async function removeOrganisation(
  command: Command,
  request: { readonly name: string },
): Promise<Outcome<Started, Refusals | IdempotencyConflict>> {
  const { viewer, removal } = command;
  const { organisationId } = viewer;
  const stepUp = await judgeStepUp(command, viewer);
  const business = await removal.askBusiness(organisationId);
  if (!business)
    return refuse({ kind: 'Unavailable', message: 'What is being sold cannot be said. Try again.' });
  return decide<Started, Refusals>(command, 'removeOrganisation', request, async (tx) => {
    const organisation = await lockOrganisation(tx);
    if (!organisation) return notFound('The organisation');
    const accountId = accountIdOf(viewer);
    const [membership] = accountId ? await membershipsOf(tx, accountId) : [];
    if (!accountId || membership?.role !== 'OWNER' || membership.scopes || membership.eventIds)
      return refuse({ kind: 'NotOwner', message: 'Only an owner who may do everything can do this.' });
    if (request.name !== organisation.name) return invalid('name', 'is not the name of the organisation');
    if (stepUp) return refuse(stepUp);
    if (await lockRemovalUnderWay(tx)) return accept({ organisationId });
    const { ledger, dues, ...open } = business;
    if (Object.values(open).some((count) => count > 0)) return inBusiness(open);
    if (dues.length > 0) return unpaid(dues);
    const removalId = await insertRemoval(tx, { requestedBy: accountId, ledger });
    await noteRevocationOfAll(tx);
    await appendEvents(tx, {
      streamId: streamId('organisation', organisationId),
      events: [{ type: 'identity.organisation-removal-requested.v1', data: { removalId } }],
    });
    tx.afterCommit(removal.wake);
    const graceMs = removal.graceDays * 86_400_000;
    await startSaga(tx, removalSaga, { key: removalId, input: { graceMs } });
    return accept({ organisationId });
  });
}

function inBusiness(open: Omit<Business, 'ledger' | 'dues'>): Outcome<never, OrganisationInBusiness> {
  const message = 'Cancel or wait out what is on sale, and let payments and refunds end, then ask again.';
  return refuse({ kind: 'OrganisationInBusiness', message, ...open });
}

function unpaid(dues: Business['dues']): Outcome<never, InvoicesUnpaid> {
  return refuse({
    kind: 'InvoicesUnpaid',
    message: 'Pay what the platform has invoiced, which `platformInvoices` lists, then ask again.',
    invoices: dues.reduce((sum, { invoices }) => sum + invoices, 0),
    due: dues.map(({ amountMinor, currency }) => money(BigInt(amountMinor), currency)),
  });
}

/** Everything stays as it is, and works again with the next token. Until it is erased. */
export async function cancelRemoval(
  command: Command,
): Promise<Outcome<Started, NotFound | RemovalTooFar | IdempotencyConflict>> {
  const { organisationId } = command.viewer;
  return decide<Started, NotFound | RemovalTooFar>(command, 'cancelOrganisationRemoval', {}, async (tx) => {
    const removal = await lockRemovalUnderWay(tx);
    if (!removal) return notFound('A removal of the organisation');
    if (removal.status === 'ERASING')
      return refuse({ kind: 'RemovalTooFar', message: 'It is being erased already.' });
    const { id: removalId, status } = removal;
    await moveRemoval(tx, removalId, status, 'CANCELLED');
    await deleteParts(tx, removalId);
    await noteRevocationOfAll(tx);
    await appendEvents(tx, {
      streamId: streamId('organisation', organisationId),
      events: [{ type: 'identity.organisation-removal-cancelled.v1', data: { removalId } }],
    });
    tx.afterCommit(command.removal.wake);
    await deliverToSaga(tx, removalSaga, { key: removalId, message: { type: 'cancelled' } });
    return accept({ organisationId });
  });
}
