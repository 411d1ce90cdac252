import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

/** One answer of a guest to one purpose, never changed once recorded. Ids are bare UUIDs. */
export type ConsentRecord = {
  readonly id: string;
  readonly guestId: string;
  readonly purpose: string;
  readonly granted: boolean;
  readonly source: string | null;
  readonly recordedAt: Date;
};

/** What is about to be recorded. */
export type ConsentAnswer = Pick<ConsentRecord, 'guestId' | 'purpose' | 'granted' | 'source'>;

/**
 * Lower-case words joined by hyphens, at most 100 characters. Strict, because a purpose is a key: `Marketing e-mail`
 * and `marketing-email` must not become two purposes with two answers.
 */
export function parsePurpose(field: string, value: string): Outcome<string, InvalidInput> {
  return value.length <= 100 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value)
    ? accept(value)
    : invalid(field, 'must be lower-case words joined by hyphens, such as marketing-email');
}
