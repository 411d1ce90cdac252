import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { lockOrganisation, updateOrganisationRow } from './organisation-rows.ts';
import type { Organisation } from './organisation.ts';

export type OrganisationChanges = Partial<Pick<Organisation, 'name' | 'secondFactorRoles'>>;

/** Changes what is given and leaves the rest. */
export async function updateOrganisation(
  command: Command,
  changes: OrganisationChanges,
): Promise<Outcome<{ readonly organisationId: string }, NotFound | IdempotencyConflict>> {
  return decide<{ readonly organisationId: string }, NotFound>(
    command,
    'updateOrganisation',
    changes,
    async (tx) => {
      const organisation = await lockOrganisation(tx);
      if (!organisation) return notFound('The organisation');
      const { id, name, secondFactorRoles } = { ...organisation, ...changes };
      await updateOrganisationRow(tx, { name, secondFactorRoles });
      await appendEvents(tx, {
        streamId: streamId('organisation', id),
        events: [
          {
            type: 'identity.organisation-updated.v1',
            data: { name, secondFactorRoles: [...secondFactorRoles] },
          },
        ],
      });
      return accept({ organisationId: id });
    },
  );
}
