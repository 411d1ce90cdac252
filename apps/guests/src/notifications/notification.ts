import type { EntityType } from '@marquee/kernel';

/** What each kind is about. */
export const subjectTypes = {
  ORDER_PAID: 'Order',
  TICKET_RECEIVED: 'Ticket',
  WAITLIST_OFFERED: 'WaitlistEntry',
  INSTALMENT_DUE: 'Order',
  OCCURRENCE_CANCELLED: 'Occurrence',
} as const satisfies Readonly<Record<string, EntityType>>;

export type NotificationKind = keyof typeof subjectTypes;

export type Notification = {
  readonly id: string;
  readonly guestId: string;
  readonly kind: NotificationKind;
  readonly subjectId: string;
  readonly occurredAt: Date;
};
