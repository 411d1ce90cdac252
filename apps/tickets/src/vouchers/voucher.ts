import { accept, refuse, type Outcome } from '@marquee/kernel';
import type { Discount } from '../pricing/pricing.ts';

export type Voucher = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly percentBp: number | null;
  readonly amountMinor: bigint | null;
  /** Of the amount and of the budget. */
  readonly currency: string | null;
  readonly eventId: string | null;
  /** null for all types. */
  readonly ticketTypeIds: readonly string[] | null;
  readonly unlocks: readonly string[];
  readonly maxUses: number | null;
  readonly maxUsesPerGuest: number | null;
  readonly budgetMinor: bigint | null;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly active: boolean;
  readonly uses: number;
  readonly spentMinor: bigint;
};

export type NewVoucher = Omit<Voucher, 'id' | 'uses' | 'spentMinor'>;

export type VoucherProblem = 'NOT_VALID_NOW' | 'NOT_FOR_THESE_TICKETS' | 'USED_UP' | 'USED_BY_GUEST';
export type VoucherNotUsable = {
  readonly kind: 'VoucherNotUsable';
  readonly message: string;
  readonly reason: VoucherProblem;
};

const messages: Readonly<Record<VoucherProblem, string>> = {
  NOT_VALID_NOW: 'The voucher cannot be used now.',
  NOT_FOR_THESE_TICKETS: 'The voucher is not for these tickets.',
  USED_UP: 'The voucher is used up.',
  USED_BY_GUEST: 'You have used the voucher as often as you may.',
};

export function voucherNotUsable(reason: VoucherProblem): {
  readonly ok: false;
  readonly refusal: VoucherNotUsable;
} {
  return refuse({ kind: 'VoucherNotUsable', message: messages[reason], reason });
}

/** Codes are typed in: neither case nor blanks around matter. */
export function normaliseCode(code: string): string {
  return code.trim().toUpperCase();
}

export type CartLine = { readonly ticketTypeId: string; readonly eventId: string };

/** Whether the voucher can be used at this instant, however often it was used. */
export function judgeValid(voucher: Voucher, now: Date): Outcome<Voucher, VoucherNotUsable> {
  const { active, validFrom, validUntil } = voucher;
  const open = active && (!validFrom || now >= validFrom) && (!validUntil || now < validUntil);
  return open ? accept(voucher) : voucherNotUsable('NOT_VALID_NOW');
}

/** What the voucher takes off this cart; it must be for something in it. */
export function discountFor(
  voucher: Voucher,
  cart: { readonly lines: readonly CartLine[]; readonly currency: string },
): Outcome<Discount, VoucherNotUsable> {
  const { percentBp, amountMinor, budgetMinor, spentMinor, unlocks } = voucher;
  const eligible = cart.lines
    .filter(
      ({ ticketTypeId, eventId }) =>
        (voucher.eventId === null || voucher.eventId === eventId) &&
        (voucher.ticketTypeIds === null || voucher.ticketTypeIds.includes(ticketTypeId)),
    )
    .map(({ ticketTypeId }) => ticketTypeId);
  const opened = cart.lines.some(({ ticketTypeId }) => unlocks.includes(ticketTypeId));
  if (eligible.length === 0 && !opened) return voucherNotUsable('NOT_FOR_THESE_TICKETS');
  if (voucher.currency !== null && voucher.currency !== cart.currency)
    return voucherNotUsable('NOT_FOR_THESE_TICKETS');
  const capMinor = budgetMinor === null ? null : budgetMinor - spentMinor;
  return accept({ percentBp, amountMinor, capMinor, ticketTypeIds: eligible });
}

/** Whether one more use is left; a budget that is spent ends a voucher too. */
export function isUsedUp({ uses, maxUses, budgetMinor, spentMinor }: Voucher): boolean {
  return (maxUses !== null && uses >= maxUses) || (budgetMinor !== null && spentMinor >= budgetMinor);
}
