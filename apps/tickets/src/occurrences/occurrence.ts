import { accept, refuse, type Outcome } from '@marquee/kernel';

/** An occurrence as other places name it. */
export type OccurrenceRef = { readonly id: string };

/** What this service keeps of an occurrence. */
export type Occurrence = OccurrenceRef & {
  readonly eventId: string;
  readonly eventTitle: string;
  readonly eventStatus: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
  readonly spaceId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly status: 'SCHEDULED' | 'CANCELLED';
  /** Grows by one with each change: the higher one is the newer one. */
  readonly revision: number;
};

export type NotOnSale = { readonly kind: 'NotOnSale'; readonly message: string };

/** Whether tickets of it can be held, ordered and waited for at this instant. */
export function judgeOnSale(occurrence: Occurrence, now: Date): Outcome<Occurrence, NotOnSale> {
  const reason = whyNotOnSale(occurrence, now);
  return reason === null ? accept(occurrence) : refuse({ kind: 'NotOnSale', message: reason });
}

function whyNotOnSale(occurrence: Occurrence, now: Date): string | null {
  if (occurrence.status === 'CANCELLED' || occurrence.eventStatus === 'CANCELLED') return 'It was cancelled.';
  if (occurrence.eventStatus !== 'PUBLISHED') return 'It is not published yet.';
  if (occurrence.endsAt <= now) return 'It is over.';
  return null;
}
