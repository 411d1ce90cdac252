import { createPublicKey } from 'node:crypto';
import { systemScope } from '@marquee/postgres';
import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import { isSignedBy, readDeviceSignature, type DeviceClaim, type DeviceRequest } from '../door/index.ts';
import type { Services } from '../services.ts';
import type { Device } from './device.ts';
import { findDeviceAnywhere, sawDevice } from './device-rows.ts';

/** Clocks at doors are wrong by minutes and hours; a request that was recorded long ago is not taken. */
const mostClockErrorMs = 24 * 3_600_000;

export type DeviceCall = {
  readonly organisationId: string;
  readonly device: Device;
  /** By the device's clock. */
  readonly sentAtMs: number;
  readonly body: string;
};

export function answerJson(status: number, value: unknown): HttpAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(value) };
}

export const answerRefusal = (status: number, code: string, message: string) =>
  answerJson(status, { error: { code, message } });

export type DeviceFault = { readonly status: number; readonly code: string; readonly message: string };

const unknown: { readonly fault: DeviceFault } = {
  fault: { status: 401, code: 'UNKNOWN_DEVICE', message: 'This is not the signature of a device of ours.' },
};

/** Who calls, once the signature held; or the answer to give. */
export async function identifyDevice(
  services: Services,
  exchange: HttpExchange,
): Promise<{ readonly call: DeviceCall } | { readonly answer: HttpAnswer }> {
  const claim = readDeviceSignature(exchange.headers['marquee-signature']);
  const body = claim && exchange.method === 'POST' ? await exchange.body() : '';
  const request = { method: exchange.method, target: `${exchange.path}${exchange.search}`, body };
  const known = await knowDevice(services, claim, request, new Date());
  if ('call' in known) return known;
  const { status, code, message } = known.fault;
  return { answer: answerRefusal(status, code, message) };
}

/** However a request came, at an instant by our own clock. */
export async function knowDevice(
  { database }: Services,
  claim: DeviceClaim | null,
  request: DeviceRequest,
  receivedAt: Date,
): Promise<{ readonly call: DeviceCall } | { readonly fault: DeviceFault }> {
  if (!claim) return unknown;
  const found = await database.read(systemScope, (tx) => findDeviceAnywhere(tx, claim.deviceId));
  const x = found?.device.publicKey;
  if (!found || !x) return unknown;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (!isSignedBy(request, claim, key)) return unknown;
  if (found.device.status !== 'ACTIVE')
    return { fault: { status: 403, code: 'DEVICE_REVOKED', message: 'This device was revoked.' } };
  if (Math.abs(receivedAt.getTime() - claim.atMs) > mostClockErrorMs) {
    const message = `The clock of this device is wrong by more than a day. Here it is ${new Date().toISOString()}.`;
    return { fault: { status: 401, code: 'CLOCK_WRONG', message } };
  }
  // Written twice a minute at most, however often it is seen.
  if (Date.now() - (found.device.lastSeenAt?.getTime() ?? 0) > 30_000)
    await database.transaction(found, (tx) => sawDevice(tx, found.device.id));
  return { call: { ...found, sentAtMs: claim.atMs, body: request.body } };
}
