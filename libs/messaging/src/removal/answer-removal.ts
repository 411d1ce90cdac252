import { removalQuestionsOf } from '@marquee/contracts';
import { repeat, type Database, type Repeated } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import type { Messaging } from '../types.ts';
import { eraseRemoved, noteRemoved, readRemovalReport } from './erase-organisation.ts';
import { noteForgetting } from './forget-in-stream.ts';
import { readCopyPage } from './tenant-data.ts';

/** Who asks on behalf of an organisation's owners. */
const asker = 'identity';

/**
 * What the removal of an organisation asks of a service: a copy of its data, that it is gone once it is removed, and in
 * the end that the service's stream has nothing of it either, which its relay sees to.
 * Which tables these are is asked of the database: all that are closed by tenant. What each main does with one line.
 */
export function answerRemoval(
  messaging: Pick<Messaging, 'answer' | 'project'>,
  {
    service,
    database,
    logger,
    keep = [],
    uncopied = [],
  }: {
    readonly service: string;
    readonly database: Database;
    readonly logger: Logger;
    /** Tables that stay, beside the log; default none. */
    readonly keep?: readonly string[];
    /** Tables that are no part of a copy. */
    readonly uncopied?: readonly string[];
  },
): Repeated {
  const { copy, erasure, forgetting } = removalQuestionsOf(service);
  const ofAsker = (by: { readonly asker: string; readonly organisationId: string }) => {
    if (by.asker !== asker) throw new Error(`what ${service} has of an organisation is not for ${by.asker}`);
    return by;
  };
  messaging.answer(copy, ({ after }, by) =>
    database.read(ofAsker(by), (tx) => readCopyPage(tx, after, uncopied)),
  );
  messaging.answer(erasure, (_, by) =>
    database.read(ofAsker(by), async (tx) => ({ report: await readRemovalReport(tx) })),
  );
  messaging.answer(forgetting, (_, by) =>
    database.transaction(ofAsker(by), async (tx) => ({
      forgottenAt: (await noteForgetting(tx))?.toISOString() ?? null,
    })),
  );
  messaging.project({
    name: 'removed-organisations',
    events: { 'identity.organisation-removed.v1': ({ data }, tx) => noteRemoved(tx, data.removalId) },
  });
  return repeat({
    everyMs: 1_000,
    work: (isStopped) => eraseRemoved(database, { keep, isStopped }),
    onError: (error) => logger.error({ error }, 'what a removed organisation left was not erased this time'),
  });
}
