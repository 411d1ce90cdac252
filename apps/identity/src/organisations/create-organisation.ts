import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import { accountsById } from '../accounts/account-rows.ts';
import { decide, type Command, type Services } from '../command.ts';
import { addMember } from '../members/add-member.ts';
import { accountIdOf } from '../viewer.ts';
import { insertOrganisation } from './organisation-rows.ts';

/** A new tenant, whose owner is who asks. */
export async function createOrganisation(
  command: Command,
  request: { readonly name: string },
): Promise<Outcome<{ readonly organisationId: string }, NotFound | IdempotencyConflict>> {
  const accountId = accountIdOf(command.viewer);
  const account = accountId && (await isAccount(command, accountId));
  if (!accountId || !account) return notFound('Your account');
  return decide<{ readonly organisationId: string }, NotFound>(command, 'createOrganisation', request, (tx) =>
    found(tx, accountId, request.name),
  );
}

async function isAccount({ database }: Services, accountId: string): Promise<boolean> {
  const accounts = await database.read(systemScope, (tx) => accountsById(tx, [accountId]));
  return accounts.length > 0;
}

/** Makes the organisation and its first owner, in a scope of its own within this transaction. */
export async function found(
  tx: Transaction,
  accountId: string,
  name: string,
): Promise<{ readonly ok: true; readonly value: { readonly organisationId: string } }> {
  const organisationId = newUuid();
  await asTenant(tx, organisationId, async (own) => {
    await insertOrganisation(own, name);
    await appendEvents(own, {
      streamId: streamId('organisation', organisationId),
      expectedVersion: 'none',
      events: [{ type: 'identity.organisation-created.v1', data: { name } }],
    });
    await addMember(own, { accountId, role: 'OWNER', scopes: null, eventIds: null }, null);
  });
  return accept({ organisationId });
}
