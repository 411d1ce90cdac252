import { isUuid, type Keyring } from '@marquee/kernel';
import { correlationHeaders, currentCorrelation, outgoingCorrelationHeaders } from '@marquee/telemetry';
import { headers, type MsgHdrs } from 'nats';

/** A signature is good for so long, on clocks that differ by no more than the skew. */
const lifeMs = 60_000;
const clockSkewMs = 5_000;
export const longestMs = 30_000;

const names = {
  id: 'Marquee-Question-Id',
  organisation: 'Marquee-Organisation',
  asker: 'Marquee-Asker',
  issuedAt: 'Marquee-Issued-At-Ms',
  remaining: 'Marquee-Deadline-Ms',
  status: 'Marquee-Status',
  signature: 'Marquee-Signature',
} as const;

/** What goes with a question. */
export type Asking = {
  readonly id: string;
  readonly organisationId: string;
  /** The service that asks. */
  readonly asker: string;
  /**
   * How long the answer is still of use. A duration and not an instant: two hosts' clocks may differ by more than a
   * question takes, so each side counts from when it had the message.
   */
  readonly remainingMs: number;
};

export type AnswerStatus = 'ok' | 'OVERLOADED' | 'INVALID_REQUEST' | 'FORBIDDEN' | 'FAILED';

/**
 * Signs a question's subject, headers and body, so that neither another service nor another tenant or question can be
 * made of it. `keys` are of the secret that gateway and services share.
 */
export function askingHeaders(
  subject: string,
  body: Uint8Array,
  asking: Asking,
  keys: Keyring,
  nowMs: number = Date.now(),
): MsgHdrs {
  const issuedAt = String(nowMs);
  const remaining = String(Math.ceil(asking.remainingMs));
  const all = headers();
  all.set(names.id, asking.id);
  all.set(names.organisation, asking.organisationId);
  all.set(names.asker, asking.asker);
  all.set(names.issuedAt, issuedAt);
  all.set(names.remaining, remaining);
  const signed = [subject, asking.id, asking.organisationId, asking.asker, issuedAt, remaining];
  all.set(names.signature, keys.sign(signedHead('question', signed), body));
  for (const [name, value] of Object.entries(outgoingCorrelationHeaders())) all.set(name, value);
  const actor = currentCorrelation()?.actor;
  if (actor) all.set(correlationHeaders.actor, encodeURIComponent(actor));
  return all;
}

/** Who asks what of a message; null where the signature does not hold, is too old, or the headers are malformed. */
export function readAsking(
  subject: string,
  message: { readonly headers?: MsgHdrs | undefined; readonly data: Uint8Array },
  keys: Keyring,
  nowMs: number = Date.now(),
): Asking | null {
  const read = (name: string) => message.headers?.get(name) ?? '';
  const [id, organisationId, asker] = [read(names.id), read(names.organisation), read(names.asker)];
  const [issuedAt, remaining] = [read(names.issuedAt), read(names.remaining)];
  const signed = [subject, id, organisationId, asker, issuedAt, remaining];
  if (!keys.verify(read(names.signature), signedHead('question', signed), message.data)) return null;
  const ageMs = nowMs - Number(issuedAt);
  const remainingMs = Number(remaining);
  const inTime = ageMs > -clockSkewMs && ageMs < lifeMs + clockSkewMs;
  const wellFormed = isUuid(organisationId) && id.length > 0 && remainingMs > 0 && remainingMs <= longestMs;
  return inTime && wellFormed ? { id, organisationId, asker, remainingMs } : null;
}

/** An answer is signed for its question's id: nobody else on the server can give it. */
export function answerHeaders(id: string, status: AnswerStatus, body: Uint8Array, keys: Keyring): MsgHdrs {
  const all = headers();
  all.set(names.status, status);
  all.set(names.signature, keys.sign(signedHead('answer', [id, status]), body));
  return all;
}

/** The status of a genuine answer; null where it is none. */
export function readStatus(
  id: string,
  message: { readonly headers?: MsgHdrs | undefined; readonly data: Uint8Array },
  keys: Keyring,
): AnswerStatus | null {
  const status = message.headers?.get(names.status) ?? '';
  const signature = message.headers?.get(names.signature) ?? '';
  const genuine = keys.verify(signature, signedHead('answer', [id, status]), message.data);
  return genuine ? (status as AnswerStatus) : null;
}

/** What is signed before the body. Its first line keeps a signature made for another purpose from passing here. */
function signedHead(purpose: string, parts: readonly string[]): string {
  return `${[`marquee-${purpose}-v1`, ...parts].join('\n')}\n`;
}
