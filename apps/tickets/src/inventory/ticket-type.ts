import { accept, invalid, isCurrency, type InvalidInput, type Money, type Outcome } from '@marquee/kernel';

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

const limits = {
  nameLength: 100,
  /** A stadium has 100,000 places; a festival a few times that. */
  quotaSize: 1_000_000,
  maxPerOrder: 100,
  /** Far above any ticket, far below what sums of orders need to stay in 64 bits. */
  priceMinor: 1_000_000_000_000n,
};

const defaultMaxPerOrder = 10;

export type TicketTypeInput = {
  readonly eventId: string;
  readonly name: string;
  readonly price: { readonly amountMinor: bigint; readonly currency: string };
  readonly quotaSize: number;
  readonly maxPerOrder: number | null;
  readonly sectionName: string | null;
};

/** Takes a ticket type as an organiser describes it, or says which field cannot be. */
export function parseTicketType(input: TicketTypeInput): Outcome<NewTicketType, InvalidInput> {
  const name = input.name.trim();
  if (name === '' || name.length > limits.nameLength) {
    return invalid('name', `It needs 1 to ${limits.nameLength} characters.`);
  }
  if (!isCurrency(input.price.currency)) {
    return invalid('price.currency', 'It must be an ISO 4217 code, such as EUR.');
  }
  if (input.price.amountMinor < 0n || input.price.amountMinor > limits.priceMinor) {
    return invalid('price.amountMinor', `It must be between 0 and ${limits.priceMinor}.`);
  }
  if (!Number.isInteger(input.quotaSize) || input.quotaSize < 1 || input.quotaSize > limits.quotaSize) {
    return invalid('quotaSize', `It must be between 1 and ${limits.quotaSize}.`);
  }
  const maxPerOrder = input.maxPerOrder ?? defaultMaxPerOrder;
  if (!Number.isInteger(maxPerOrder) || maxPerOrder < 1 || maxPerOrder > limits.maxPerOrder) {
    return invalid('maxPerOrder', `It must be between 1 and ${limits.maxPerOrder}.`);
  }
  const sectionName = input.sectionName === null ? null : input.sectionName.trim();
  if (sectionName !== null && (sectionName === '' || sectionName.length > limits.nameLength)) {
    return invalid('sectionName', `It needs 1 to ${limits.nameLength} characters.`);
  }
  return accept({ ...input, name, maxPerOrder, sectionName });
}
