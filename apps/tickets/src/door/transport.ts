import type { KeyObject } from 'node:crypto';
import { signDeviceRequest } from './device-signature.ts';

export type DoorAnswer = { readonly status: number; readonly body: Uint8Array };

/** How a device reaches the service; `fetch` will do. It may fail at any time. */
export type DoorTransport = (request: {
  readonly method: 'GET' | 'POST';
  /** Path and query, such as `/check-in/device`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}) => Promise<DoorAnswer>;

/** The service said no, and why. */
export class DoorRefusedError extends Error {
  override readonly name = 'DoorRefusedError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Call = (method: 'GET' | 'POST', target: string, body?: string) => Promise<Uint8Array>;

/** Calls that the device signs. Throws DoorRefusedError for a no, and whatever the transport throws. */
export function signedCalls(
  transport: DoorTransport,
  device: { readonly id: string; readonly privateKey: KeyObject },
  nowMs: () => number,
): Call {
  return async (method, target, body = '') => {
    const signature = signDeviceRequest({ method, target, body }, device.id, nowMs(), device.privateKey);
    const headers = { 'marquee-signature': signature, 'content-type': 'text/plain' };
    return read(await transport({ method, target, headers, body }));
  };
}

export function read({ status, body }: DoorAnswer): Uint8Array {
  if (status === 200) return body;
  throw refusalOf(status, Buffer.from(body).toString());
}

function refusalOf(status: number, text: string): DoorRefusedError {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return new DoorRefusedError(error.code, error.message);
  } catch {
    return new DoorRefusedError(`HTTP_${status}`, `The service answered ${status}.`);
  }
}
