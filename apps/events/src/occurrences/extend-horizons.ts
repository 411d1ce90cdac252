import { newUuid, type Clock } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { lockEvent, updateEventRow } from '../events/event-rows.ts';
import { scheduleOf } from '../events/event.ts';
import { horizonDays, planOccurrences } from '../recurrence/schedule.ts';
import { saveOccurrences } from './occurrence-rows.ts';
import { scheduleOccurrence } from './occurrence.ts';

type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly onCommit: () => void;
  readonly logger: Logger;
};
type Due = { readonly id: string; readonly organisationId: string };

/** An event is taken up when its horizon has come this much nearer: once a month, not each time the job looks. */
const slackDays = 30;
const dayMs = 86_400_000;
const batchSize = 100;

/**
 * Materialises what has come within the horizon of events whose rules go on. Each event in a transaction of its own,
 * so that one that fails holds up none; two processes at once share the work. Answers how many occurrences were added.
 */
export async function extendHorizons(services: Services): Promise<number> {
  const due = new Date(services.clock.now().getTime() + (horizonDays - slackDays) * dayMs);
  let added = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const events = await services.database.read(systemScope, (tx) =>
      tx.rows<Due>(
        `select id, organisation_id as "organisationId" from event
          where materialised_until < $1 and status <> 'CANCELLED' and id > $2 order by id limit ${batchSize}`,
        [due, after],
      ),
    );
    for (const event of events) {
      added += await extendOne(services, event).catch((error: unknown) => {
        services.logger.error({ err: error, eventId: event.id }, 'could not extend the horizon of an event');
        return 0;
      });
    }
    if (events.length < batchSize) return added;
    after = events.at(-1)!.id;
  }
}

async function extendOne(
  { database, clock, onCommit }: Services,
  { id, organisationId }: Due,
): Promise<number> {
  return database.transaction({ organisationId }, async (tx) => {
    const event = await lockEvent(tx, id);
    if (!event || event.status === 'CANCELLED' || event.materialisedUntil === null) return 0;
    const plan = planOccurrences(scheduleOf(event), clock.now());
    if (!plan.ok) throw new Error(`the schedule of event ${id} cannot be planned: ${plan.refusal.message}`);
    const existing = await tx.rows<{ recurrenceId: string }>(
      'select recurrence_id as "recurrenceId" from occurrence where event_id = $1',
      [id],
    );
    const known = new Set(existing.map(({ recurrenceId }) => recurrenceId));
    // Only what follows: a gap before it is a date that was moved into another by hand.
    const from = event.materialisedUntil;
    const added = plan.value.occurrences.filter(
      ({ recurrenceId, startsAt }) => startsAt > from && !known.has(recurrenceId),
    );
    await updateEventRow(tx, { ...event, materialisedUntil: plan.value.materialisedUntil });
    await saveOccurrences(
      tx,
      added.map((planned) => ({
        type: 'events.occurrence-scheduled.v1',
        occurrence: scheduleOccurrence(newUuid(), event, planned),
        event,
      })),
    );
    tx.afterCommit(onCommit);
    return added.length;
  });
}

/** Looks once now and every hour; answers how to stop, which waits for a look under way. */
export function startExtendingHorizons(services: Services, everyMs = 3_600_000): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    running = running.then(() =>
      extendHorizons(services).then(
        (added) => added > 0 && services.logger.info({ added }, 'extended the horizon of recurring events'),
        (error: unknown) => services.logger.error({ err: error }, 'could not look for events to extend'),
      ),
    );
  };
  look();
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
