import { hash, sign, verify, type KeyObject } from 'node:crypto';

/**
 * How a device speaks for itself: header `marquee-signature: device=<uuid>, at=<ms>, signature=<base64url>`, an Ed25519
 * signature over these lines. There is no password or token that could be taken from it.
 */
export type DeviceRequest = {
  readonly method: string;
  /** With what follows its `?`. */
  readonly target: string;
  readonly body: string;
};

export type DeviceClaim = {
  readonly deviceId: string;
  /** The device's clock at sending. */
  readonly atMs: number;
  readonly signature: Buffer;
};

function signedLines(request: DeviceRequest, deviceId: string, atMs: number): Buffer {
  const bodyHash = hash('sha256', request.body, 'hex');
  return Buffer.from(
    ['MARQUEE-DEVICE-1', request.method, request.target, deviceId, atMs, bodyHash].join('\n'),
  );
}

export function signDeviceRequest(
  request: DeviceRequest,
  deviceId: string,
  atMs: number,
  key: KeyObject,
): string {
  const signature = sign(null, signedLines(request, deviceId, atMs), key).toString('base64url');
  return `device=${deviceId}, at=${atMs}, signature=${signature}`;
}

const pattern = /^device=([0-9a-f-]{36}), at=(\d{1,16}), signature=([\w-]{86})$/;

export function readDeviceSignature(header: string | string[] | undefined): DeviceClaim | null {
  const match = typeof header === 'string' ? pattern.exec(header) : null;
  if (!match) return null;
  return { deviceId: match[1]!, atMs: Number(match[2]), signature: Buffer.from(match[3]!, 'base64url') };
}

export function isSignedBy(request: DeviceRequest, claim: DeviceClaim, key: KeyObject): boolean {
  return verify(null, signedLines(request, claim.deviceId, claim.atMs), key, claim.signature);
}
