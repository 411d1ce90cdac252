import type { Transaction } from '@marquee/postgres';
import { deliverToSagas, startSagas, type SagaMessage } from '@marquee/sagas';
import type { OccurrenceChange } from '../occurrences/occurrence-rows.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { spaceBooking, type SpaceBooking, type SpacePlan } from './space-booking.ts';

/**
 * Begins or goes on with the booking of each occurrence's space, in the transaction that plans, moves or cancels it; in a
 * handful of statements for all of them. Called last: sagas are locked after the rows of the domain.
 */
export async function tellSpaceBookings(
  tx: Transaction,
  changes: readonly OccurrenceChange[],
): Promise<void> {
  const messages = changes.flatMap(messageOf);
  const deliveries = await deliverToSagas(tx, spaceBooking, messages);
  // One that had no space until now, or was planned before there were sagas.
  const late = messages.flatMap(({ message }, index) =>
    deliveries[index] === 'unknown' && message.type === 'planned' ? [message.plan] : [],
  );
  const fresh = changes
    .filter(({ type, occurrence }) => type === 'events.occurrence-scheduled.v1' && isWanted(occurrence))
    .map(({ occurrence }) => planOf(occurrence));
  await startSagas(
    tx,
    spaceBooking,
    [...fresh, ...late].map((plan) => ({ key: plan.occurrenceId, input: plan })),
  );
}

function messageOf({ type, occurrence }: OccurrenceChange): SagaMessage<SpaceBooking>[] {
  const { id: key, scheduleRevision: revision } = occurrence;
  const withdrawn = (cancelled: boolean) =>
    ({ key, message: { type: 'withdrawn', revision, cancelled } }) as const;
  switch (type) {
    case 'events.occurrence-scheduled.v1':
    case 'events.occurrence-updated.v1':
      return [];
    case 'events.occurrence-cancelled.v1':
      return [withdrawn(true)];
    case 'events.occurrence-rescheduled.v1':
      if (occurrence.status === 'CANCELLED') return [];
      return [
        isWanted(occurrence)
          ? { key, message: { type: 'planned', plan: planOf(occurrence) } }
          : withdrawn(false),
      ];
  }
}

function isWanted({ spaceId, spaceBookingStatus }: Occurrence): boolean {
  return spaceId !== null && spaceBookingStatus === 'PENDING';
}

function planOf({ id, scheduleRevision, spaceId, startsAt, endsAt }: Occurrence): SpacePlan {
  return {
    occurrenceId: id,
    revision: scheduleRevision,
    spaceId: spaceId!,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}
