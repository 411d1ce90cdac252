import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

const dayMs = 86_400_000;
export const maxDays = 366;
const maxMinutesSpanMs = dayMs;

export type Span = { readonly from: Date; readonly to: Date };

/** The days of a report: both ends belong to it. */
export function parseDays(span: Span): Outcome<Span, InvalidInput> {
  if (span.to < span.from) return invalid('to', 'must not be before `from`');
  // One day less, since the days of both ends count, and the days of a zone are up to 25 hours long.
  const tooLong = span.to.getTime() - span.from.getTime() > (maxDays - 1) * dayMs;
  return tooLong ? invalid('to', `must be within ${maxDays} days of \`from\``) : accept(span);
}

/** The minutes of a live chart: `to` does not belong to it. */
export function parseMinutes(span: Span): Outcome<Span, InvalidInput> {
  if (span.to <= span.from) return invalid('to', 'must be after `from`');
  const tooLong = span.to.getTime() - span.from.getTime() > maxMinutesSpanMs;
  return tooLong ? invalid('to', 'must be within 24 hours of `from`') : accept(span);
}
