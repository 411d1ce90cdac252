import { accept, refuse, type Outcome } from '@marquee/kernel';

export type HoldNotExtendable = { readonly kind: 'HoldNotExtendable'; readonly message: string };

/** How often a hold may be given more time, and how long it may stand over all, in times of its first term. */
export const mostExtensions = 2;
export const mostTerms = 3;

/** Until when the hold stands if it is extended now: a term from now, as far as its whole time allows. */
export function judgeExtension(
  hold: { readonly createdAt: Date; readonly expiresAt: Date; readonly extensions: number },
  now: Date,
  holdMinutes: number,
): Outcome<Date, HoldNotExtendable> {
  const termMs = holdMinutes * 60_000;
  const last = hold.createdAt.getTime() + mostTerms * termMs;
  const until = Math.min(now.getTime() + termMs, last);
  if (hold.extensions >= mostExtensions)
    return refused(`A hold can be extended ${mostExtensions} times; please check out now.`);
  if (until <= hold.expiresAt.getTime())
    return refused('The hold cannot be extended any further; please check out now.');
  return accept(new Date(until));
}

function refused(message: string): { readonly ok: false; readonly refusal: HoldNotExtendable } {
  return refuse({ kind: 'HoldNotExtendable', message });
}
