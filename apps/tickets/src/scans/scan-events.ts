import type { NewEvent } from '@marquee/contracts';
import type { CheckInList } from '../check-in/check-in-list.ts';
import type { NewScan, NewVerdict } from './write-scans.ts';

type Place = Pick<CheckInList, 'id' | 'occurrenceId'>;

/** A reading as the log tells it; `cameIn` is 1 where its ticket came in for the first time, by whatever list. */
export function scannedEvent(list: Place, scan: NewScan, cameIn: 0 | 1): NewEvent {
  const { id: scanId, ticketId, reason, direction, gate, winnerId } = scan;
  const facts = {
    scanId,
    occurrenceId: list.occurrenceId,
    listId: list.id,
    direction,
    gate,
    scannedAt: scan.scannedAt.toISOString(),
  };
  if (scan.result === 'CONFLICT') {
    return {
      type: 'tickets.scan-conflicted.v1',
      data: { ...facts, ticketId: ticketId!, reason: reason!, winnerId },
    };
  }
  const result = scan.result === 'ACCEPTED' ? 'ACCEPTED' : 'REJECTED';
  return {
    type: 'tickets.ticket-scanned.v1',
    data: { ...facts, ticketId, result, reason, checkedIn: cameIn },
  };
}

/** A later sync, or an undoing, has shown what an earlier reading counts as. */
export function judgedEvent(list: Place, ticketId: string, { scanId, verdict }: NewVerdict): NewEvent {
  const { result, reason, winnerId } = verdict;
  return {
    type: 'tickets.scan-judged.v1',
    data: { scanId, occurrenceId: list.occurrenceId, listId: list.id, ticketId, result, reason, winnerId },
  };
}
