import { hash, verify, type KeyObject } from 'node:crypto';
import type { TicketKey } from '../tickets/key-ring.ts';
import {
  readDeviceSignature,
  signDeviceRequest,
  type DeviceClaim,
  type DeviceRequest,
} from './device-signature.ts';

/**
 * What goes over MQTT, which has no headers before version 5: a line that says who signed, a line feed, then JSON. A
 * device signs as for HTTP, with the method PUBLISH and the topic as its target; the service signs its answers by the
 * keys that sign tickets, so that a gate need not trust the broker.
 */
export function packMessage(
  request: { readonly topic: string; readonly body: string },
  device: { readonly id: string; readonly key: KeyObject },
  atMs: number,
): string {
  const signed = signDeviceRequest(asRequest(request.topic, request.body), device.id, atMs, device.key);
  return `${signed}\n${request.body}`;
}

/** Whether it was that device is yet to be judged; null where nobody says to have signed. */
export function readMessage(
  topic: string,
  payload: Uint8Array,
): { readonly claim: DeviceClaim; readonly request: DeviceRequest } | null {
  const text = Buffer.from(payload).toString();
  const end = text.indexOf('\n');
  const claim = end < 0 ? null : readDeviceSignature(text.slice(0, end));
  return claim && { claim, request: asRequest(topic, text.slice(end + 1)) };
}

const asRequest = (topic: string, body: string): DeviceRequest => ({
  method: 'PUBLISH',
  target: topic,
  body,
});

const answerLines = (topic: string, body: string) =>
  Buffer.from(['MARQUEE-ANSWER-1', topic, hash('sha256', body, 'hex')].join('\n'));

export function packAnswer(
  answer: { readonly topic: string; readonly body: string },
  signBytes: (bytes: Buffer) => { readonly keyId: Buffer; readonly signature: Buffer },
): string {
  const { keyId, signature } = signBytes(answerLines(answer.topic, answer.body));
  return `key=${keyId.toString('hex')}, signature=${signature.toString('base64url')}\n${answer.body}`;
}

/** The JSON of an answer, parsed; null where none of these keys signed it for this topic. */
export function readAnswer(topic: string, payload: Uint8Array, keys: readonly TicketKey[]): unknown {
  const text = Buffer.from(payload).toString();
  const match = /^key=([0-9a-f]{8}), signature=([\w-]{86})\n/.exec(text);
  const key = keys.find(({ keyId }) => keyId.toString('hex') === match?.[1]);
  if (!match || !key) return null;
  const body = text.slice(match[0].length);
  const signature = Buffer.from(match[2]!, 'base64url');
  return verify(null, answerLines(topic, body), key.publicKey, signature) ? JSON.parse(body) : null;
}
