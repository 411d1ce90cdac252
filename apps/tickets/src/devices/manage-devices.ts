import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Refusal,
} from '@marquee/kernel';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import {
  codeLength,
  codeMinutes,
  deviceRevoked,
  normaliseCode,
  writeCode,
  type Device,
  type DeviceRevoked,
} from './device.ts';
import { findDevices, lockDevice } from './device-rows.ts';

export type EnrolmentCode = { readonly device: Device; readonly code: string; readonly expiresAt: Date };

const hashCode = (letters: string) => createHash('sha256').update(`enrolment ${letters}`).digest('hex');

/** A device to be, and the code by which it enrols once. Only the code's hash is kept. */
export async function createDevice(
  services: Services,
  viewer: Viewer,
  wanted: { readonly name: string; readonly gate: string; readonly listIds: readonly string[] },
): Promise<Outcome<EnrolmentCode, InvalidInput>> {
  return services.database.decide(viewer, async (tx): Promise<Outcome<EnrolmentCode, InvalidInput>> => {
    if (!(await areLists(tx, wanted.listIds))) return invalid('listIds', 'must be check-in lists');
    const id = newUuid();
    await tx.execute(
      `insert into check_in_device (organisation_id, id, name, gate, list_ids, created_by) values ($1, $2, $3, $4, $5, $6)`,
      [tx.organisationId, id, wanted.name, wanted.gate, wanted.listIds, viewer.subject],
    );
    await appendEvents(tx, {
      streamId: streamId('device', id),
      events: [
        {
          type: 'tickets.device-created.v1',
          data: { deviceId: id, ...wanted, listIds: [...wanted.listIds] },
        },
      ],
    });
    tx.afterCommit(services.wake);
    return accept(await giveCode(tx, id));
  });
}

/** What is left out stays. A list that is taken from it is closed to it from the next request on. */
export async function updateDevice(
  services: Services,
  viewer: Viewer,
  wanted: {
    readonly deviceId: string;
    readonly name: string | null;
    readonly gate: string | null;
    readonly listIds: readonly string[] | null;
  },
): Promise<Outcome<Device, InvalidInput | NotFound | DeviceRevoked>> {
  type Answer = Outcome<Device, InvalidInput | NotFound | DeviceRevoked>;
  return services.database.decide(viewer, async (tx): Promise<Answer> => {
    const { deviceId } = wanted;
    const device = await lockDevice(tx, deviceId);
    if (!device) return notFound('The device');
    if (device.status === 'REVOKED') return refuse(deviceRevoked);
    if (wanted.listIds && !(await areLists(tx, wanted.listIds)))
      return invalid('listIds', 'must be check-in lists');
    const name = wanted.name ?? device.name;
    const gate = wanted.gate ?? device.gate;
    const listIds = wanted.listIds ?? device.listIds;
    await tx.execute('update check_in_device set name = $2, gate = $3, list_ids = $4 where id = $1', [
      deviceId,
      name,
      gate,
      listIds,
    ]);
    await appendEvents(tx, {
      streamId: streamId('device', deviceId),
      events: [{ type: 'tickets.device-updated.v1', data: { deviceId, name, gate, listIds: [...listIds] } }],
    });
    tx.afterCommit(services.wake);
    return accept({ ...device, name, gate, listIds });
  });
}

/** Whether they all are, until the transaction ends. */
async function areLists(tx: Transaction, ids: readonly string[]): Promise<boolean> {
  const known = await tx.rows('select id from check_in_list where id = any($1) for key share', [ids]);
  return known.length === new Set(ids).size;
}

/** Another code, for a device that is not enrolled yet or has lost its key. The old key stands until the code is used. */
export async function renewEnrolmentCode(
  services: Services,
  viewer: Viewer,
  deviceId: string,
): Promise<Outcome<EnrolmentCode, NotFound | DeviceRevoked>> {
  return services.database.decide(
    viewer,
    async (tx): Promise<Outcome<EnrolmentCode, NotFound | DeviceRevoked>> => {
      const device = await lockDevice(tx, deviceId);
      if (!device) return notFound('The device');
      if (device.status === 'REVOKED') return refuse(deviceRevoked);
      return accept(await giveCode(tx, deviceId));
    },
  );
}

async function giveCode(tx: Transaction, deviceId: string): Promise<EnrolmentCode> {
  const code = writeCode(randomBytes(codeLength));
  const [row] = await tx.rows<{ code_expires_at: Date }>(
    `update check_in_device set code_hash = $2, code_expires_at = now() + make_interval(mins => $3) where id = $1
     returning code_expires_at`,
    [deviceId, hashCode(normaliseCode(code)!), codeMinutes],
  );
  const [device] = await findDevices(tx, [deviceId]);
  return { device: device!, code, expiresAt: row!.code_expires_at };
}

/** From then on nothing that it sends is taken, not even what it read before. */
export async function revokeDevice(
  services: Services,
  viewer: Viewer,
  deviceId: string,
): Promise<Outcome<Device, NotFound>> {
  return services.database.decide(viewer, async (tx): Promise<Outcome<Device, NotFound>> => {
    const device = await lockDevice(tx, deviceId);
    if (!device) return notFound('The device');
    if (device.status === 'REVOKED') return accept(device);
    await tx.execute(
      `update check_in_device set status = 'REVOKED', revoked_at = now(), code_hash = null, code_expires_at = null
       where id = $1`,
      [deviceId],
    );
    await appendEvents(tx, {
      streamId: streamId('device', deviceId),
      events: [{ type: 'tickets.device-revoked.v1', data: { deviceId } }],
    });
    tx.afterCommit(services.wake);
    const [revoked] = await findDevices(tx, [deviceId]);
    return accept(revoked!);
  });
}

export type EnrolmentRefused = Refusal & { readonly kind: 'EnrolmentRefused' };
const enrolmentRefused: EnrolmentRefused = {
  kind: 'EnrolmentRefused',
  message: 'This code is not valid, was used already, or its time is over. Ask for another.',
};

export type Enrolment = {
  readonly code: string;
  /** Ed25519, base64url of 32 bytes. */
  readonly publicKey: string;
  /** By that key over `marquee enrol <code>`, letters alone: whoever enrols has the private half. */
  readonly proof: string;
};

/** Once for each code, by one update: of two devices with the same code one comes too late. */
export async function enrolDevice(
  services: Services,
  { code, publicKey, proof }: Enrolment,
): Promise<
  Outcome<{ readonly organisationId: string; readonly device: Device }, EnrolmentRefused | InvalidInput>
> {
  const letters = normaliseCode(code);
  if (letters === null) return refuse(enrolmentRefused);
  if (!provesKey(publicKey, letters, proof))
    return invalid('publicKey', 'must be an Ed25519 key that signed the code');
  const found = await services.database.transaction(systemScope, async (tx) => {
    const [row] = await tx.rows<{ organisation_id: string; id: string }>(
      `update check_in_device set status = 'ACTIVE', public_key = $2, code_hash = null, code_expires_at = null,
         enrolled_at = now(), last_seen_at = now()
       where code_hash = $1 and code_expires_at > now() and status <> 'REVOKED' returning organisation_id, id`,
      [hashCode(letters), publicKey],
    );
    if (!row) return null;
    const { organisation_id: organisationId, id } = row;
    tx.afterCommit(services.wake);
    return asTenant(tx, organisationId, async (own) => {
      await appendEvents(own, {
        streamId: streamId('device', id),
        events: [{ type: 'tickets.device-enrolled.v1', data: { deviceId: id } }],
      });
      return { organisationId, device: (await findDevices(own, [id]))[0]! };
    });
  });
  return found ? accept(found) : refuse(enrolmentRefused);
}

export const enrolmentText = (letters: string) => Buffer.from(`marquee enrol ${letters}`);

function provesKey(publicKey: string, letters: string, proof: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, enrolmentText(letters), key, Buffer.from(proof, 'base64url'));
  } catch {
    return false;
  }
}
