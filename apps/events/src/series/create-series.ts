import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, type IdempotencyConflict, type Outcome } from '@marquee/kernel';
import { decideOnce, type Command } from '../command.ts';

export type NewSeries = { readonly title: string; readonly description: string };
export type CreatedSeries = { readonly seriesId: string };

/** A new series, still without events. */
export async function createSeries(
  command: Command,
  key: string,
  series: NewSeries,
): Promise<Outcome<CreatedSeries, IdempotencyConflict>> {
  return decideOnce(command, { operation: 'createEventSeries', key, request: series }, async (tx) => {
    const seriesId = newUuid();
    await tx.execute(
      'insert into event_series (id, organisation_id, title, description) values ($1, $2, $3, $4)',
      [seriesId, tx.organisationId, series.title, series.description],
    );
    await appendEvents(tx, {
      streamId: streamId('series', seriesId),
      expectedVersion: 'none',
      events: [{ type: 'events.series-created.v1', data: { seriesId, title: series.title } }],
    });
    return accept({ seriesId });
  });
}
