import { refuse } from '@marquee/kernel';

/** The space is taken at some of the planned times. */
export type SpaceConflict = {
  readonly kind: 'SpaceConflict';
  readonly message: string;
  /** At most 20, ascending. */
  readonly startsAt: Date[];
};

/** A time that has passed cannot be planned or changed. */
export type PastDate = { readonly kind: 'PastDate'; readonly message: string; readonly field: string };

/** What was asked does not fit the state of the thing. */
export type WrongState = { readonly kind: 'WrongState'; readonly message: string; readonly status: string };

export function spaceConflict(startsAt: readonly Date[]): {
  readonly ok: false;
  readonly refusal: SpaceConflict;
} {
  const sorted = startsAt.toSorted((one, other) => one.getTime() - other.getTime());
  const first = sorted[0]?.toISOString() ?? 'that time';
  const more = sorted.length > 1 ? ` and ${sorted.length - 1} more` : '';
  const message = `The space is taken at ${first}${more}.`;
  return refuse({ kind: 'SpaceConflict', message, startsAt: sorted.slice(0, 20) });
}

export function pastDate(field: string, message: string): { readonly ok: false; readonly refusal: PastDate } {
  return refuse({ kind: 'PastDate', field, message });
}

export function wrongState(
  status: string,
  message: string,
): { readonly ok: false; readonly refusal: WrongState } {
  return refuse({ kind: 'WrongState', status, message });
}
