import { hash } from 'node:crypto';
import { assert } from '@marquee/kernel';

/**
 * A credential that rotates shows in each time step a value that nobody could have known before: a chain of hashes,
 * revealed backwards. The last hash (the anchor) is signed; a step's value leads to it by hashing forwards. So a gate
 * needs the public key alone, no secret and no network; the guest's app needs no network either, for it has the
 * chain's seed; and who has a picture of a code can compute earlier codes of it but no later one. (A code from a shared
 * secret, as in TOTP, would put that secret into every device at every gate; a code signed by the service anew each
 * step would leave guests without network outside.)
 */
export type RotationWindow = {
  /** The first step begins. */
  readonly opensAt: Date;
  readonly stepSeconds: number;
  readonly steps: number;
};

/** At most so many hashes to verify one code: 24 hours in steps of 30 seconds. */
export const maxSteps = 2_880;
export const stepUnitSeconds = 15;
const leastStepSeconds = 30;
const hoursBefore = 6;
const hoursAfter = 4;
const valueBytes = 16;

/**
 * From 6 hours before the start to 4 hours after the end, in steps of 30 seconds; longer steps where 2,880 of them
 * would not do (an occurrence of more than 14 hours).
 */
export function rotationWindow(startsAt: Date, endsAt: Date): RotationWindow {
  // On a whole minute: the credential keeps it in seconds, and the same occurrence must always give the same window.
  const opensAt = Math.floor((startsAt.getTime() - hoursBefore * 3_600_000) / 60_000) * 60;
  const closesAt = Math.ceil((endsAt.getTime() + hoursAfter * 3_600_000) / 1_000);
  const span = Math.max(1, closesAt - opensAt);
  const units = Math.ceil(span / maxSteps / stepUnitSeconds);
  const stepSeconds = Math.min(255 * stepUnitSeconds, Math.max(leastStepSeconds, units * stepUnitSeconds));
  const steps = Math.min(maxSteps, Math.ceil(span / stepSeconds));
  return { opensAt: new Date(opensAt * 1_000), stepSeconds, steps };
}

export function closesAt({ opensAt, stepSeconds, steps }: RotationWindow): Date {
  return new Date(opensAt.getTime() + stepSeconds * steps * 1_000);
}

/** The step of this instant; negative before the window opens, `steps` or more after it closed. */
export function stepAt(window: Pick<RotationWindow, 'opensAt' | 'stepSeconds'>, now: Date): number {
  return Math.floor((now.getTime() - window.opensAt.getTime()) / (window.stepSeconds * 1_000));
}

/** `value` hashed `times` times. The ticket is hashed with it, so that no work on one ticket's chain serves another. */
export function hashForward(ticket: Uint8Array, value: Uint8Array, times: number): Buffer {
  assert(times >= 0 && times <= maxSteps, 'a chain has an end');
  const input = Buffer.concat([ticket, value]);
  for (let time = 0; time < times; time++) {
    hash('sha256', input, 'buffer').copy(input, ticket.length, 0, valueBytes);
  }
  return input.subarray(ticket.length);
}

/** The value shown in a step: the first step shows the one before the anchor, the last step the seed itself. */
export function valueOfStep(ticket: Uint8Array, seed: Uint8Array, steps: number, step: number): Buffer {
  return hashForward(ticket, seed, steps - 1 - step);
}
