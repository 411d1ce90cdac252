import { createPublicKey } from 'node:crypto';
import { systemScope } from '@marquee/postgres';
import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import { isSignedBy, readDeviceSignature } from '../door/index.ts';
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

/** Who calls, once the signature held; or the answer to give. */
export async function identifyDevice(
  { database }: Services,
  exchange: HttpExchange,
): Promise<{ readonly call: DeviceCall } | { readonly answer: HttpAnswer }> {
  const claim = readDeviceSignature(exchange.headers['marquee-signature']);
  const unknown = {
    answer: answerRefusal(401, 'UNKNOWN_DEVICE', 'This is not the signature of a device of ours.'),
  };
  if (!claim) return unknown;
  const body = exchange.method === 'POST' ? await exchange.body() : '';
  const found = await database.read(systemScope, (tx) => findDeviceAnywhere(tx, claim.deviceId));
  const x = found?.device.publicKey;
  if (!found || !x) return unknown;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const request = { method: exchange.method, target: `${exchange.path}${exchange.search}`, body };
  if (!isSignedBy(request, claim, key)) return unknown;
  if (found.device.status !== 'ACTIVE')
    return { answer: answerRefusal(403, 'DEVICE_REVOKED', 'This device was revoked.') };
  if (Math.abs(Date.now() - claim.atMs) > mostClockErrorMs) {
    const message = `The clock of this device is wrong by more than a day. Here it is ${new Date().toISOString()}.`;
    return { answer: answerRefusal(401, 'CLOCK_WRONG', message) };
  }
  // Written twice a minute at most, however often it is seen.
  if (Date.now() - (found.device.lastSeenAt?.getTime() ?? 0) > 30_000)
    await database.transaction(found, (tx) => sawDevice(tx, found.device.id));
  return { call: { ...found, sentAtMs: claim.atMs, body } };
}
