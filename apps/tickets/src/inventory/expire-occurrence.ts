import type { Services } from '../services.ts';
import { moveBuckets, reclaimExpired } from './capacity.ts';

/** Takes back what expired at an occurrence, leaving out what others are just working on. */
export async function expireOccurrence(
  { database, wake }: Pick<Services, 'database' | 'wake'>,
  { organisationId }: { readonly organisationId: string },
  occurrenceId: string,
): Promise<void> {
  await database.transaction({ organisationId }, async (tx) => {
    const { changes } = await reclaimExpired(tx, occurrenceId, { wait: false });
    await moveBuckets(tx, occurrenceId, changes);
    tx.afterCommit(wake);
  });
}
