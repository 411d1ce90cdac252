import type { Money } from '@marquee/kernel';

export type EventRef = { readonly id: string };

export type TicketType = {
  readonly id: string;
  readonly eventId: string;
  readonly name: string;
  readonly price: Money;
  readonly maxPerOrder: number;
  readonly sectionName: string | null;
  /** Whether seats are chosen one by one. */
  readonly seated: boolean;
};

/** A ticket type as it is seen: through an occurrence, where what is left can be told. */
export type TicketTypeView = TicketType & { readonly occurrenceId: string | null };

export type NewTicketType = {
  readonly eventId: string;
  readonly name: string;
  readonly price: Money;
  readonly quotaSize: number;
  readonly maxPerOrder: number;
  readonly sectionName: string | null;
};

export type TicketTypeNameTaken = { readonly kind: 'TicketTypeNameTaken'; readonly message: string };
