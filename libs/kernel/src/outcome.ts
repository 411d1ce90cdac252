/** An expected "no" that a caller can act on. `kind` names the member of a mutation's result union. */
export type Refusal = { readonly kind: string; readonly message: string };

/** What a use case answers: a value, or a refusal. Faults are thrown, never returned. */
export type Outcome<T, R extends Refusal = Refusal> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R };

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<const R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal };
}

/** Input that cannot be taken. `field` is the path as the caller wrote it, such as `price.currency`. */
export type InvalidInput = {
  readonly kind: 'InvalidInput';
  readonly message: string;
  readonly field: string;
};

export function invalid(
  field: string,
  message: string,
): { readonly ok: false; readonly refusal: InvalidInput } {
  return { ok: false, refusal: { kind: 'InvalidInput', field, message } };
}

/** The thing asked for does not exist for this tenant; another tenant's row looks the same as none. */
export type NotFound = { readonly kind: 'NotFound'; readonly message: string };

export function notFound(what: string): { readonly ok: false; readonly refusal: NotFound } {
  return { ok: false, refusal: { kind: 'NotFound', message: `${what} was not found.` } };
}

/** A service that this one must ask did not answer; nothing was changed and the caller may try again. */
export type Unavailable = { readonly kind: 'Unavailable'; readonly message: string };

/** The same idempotency key came with another request. */
export type IdempotencyConflict = { readonly kind: 'IdempotencyConflict'; readonly message: string };

/** What `next` makes of an accepted value; a refusal passes by it. For a use case behind the parsing of its input. */
export async function andThen<T, U, R extends Refusal, S extends Refusal>(
  outcome: Outcome<T, R>,
  next: (value: T) => Promise<Outcome<U, S>>,
): Promise<Outcome<U, R | S>> {
  return outcome.ok ? next(outcome.value) : outcome;
}
