import { createPublicKey } from 'node:crypto';
import { accept, invalid, refuse, type InvalidInput, type NotFound, type Outcome } from '@marquee/kernel';
import { decodeBatch, FormatError, type DoorBatch } from '../door/index.ts';
import type { Services } from '../services.ts';
import type { Device, DeviceRevoked } from './device.ts';
import { deviceRevoked } from './device.ts';
import { lockDevice } from './device-rows.ts';
import { syncScans, type SyncAnswer } from './sync-scans.ts';

/** Five thousand readings packed as badly as can be. */
export const longestUpload = 256 * 1024;

export type UploadProgress = {
  /** Bytes that are here: where to go on. */
  readonly offset: number;
  readonly complete: boolean;
  readonly answers: readonly SyncAnswer[];
};

export type Chunk = {
  readonly uploadId: string;
  readonly length: number;
  readonly offset: number;
  readonly bytes: Buffer;
  /** By the device's clock: of the first chunk it gives the offset of its clock. */
  readonly sentAtMs: number;
};

type Refusals = InvalidInput | NotFound | DeviceRevoked;
type From = { readonly organisationId: string; readonly device: Device };

/**
 * One piece of a batch. What is here already is passed over, and what leaves a gap is not taken: the answer says where to
 * go on, so a device that lost the answer sends on from there. The last piece starts the sync, which may be asked for
 * again and answers the same.
 */
export async function takeChunk(
  services: Services,
  from: From,
  chunk: Chunk,
): Promise<Outcome<UploadProgress, Refusals>> {
  if (chunk.length > longestUpload) return invalid('length', `must be at most ${longestUpload}`);
  const receivedAt = new Date();
  const stored = await services.database.decide<Upload, Refusals>(from, async (tx) => {
    const device = await lockDevice(tx, from.device.id);
    if (device?.status !== 'ACTIVE') return refuse(deviceRevoked);
    const [upload] = await tx.rows<Upload>(
      `insert into check_in_upload as u (organisation_id, device_id, id, length, body, clock_behind_ms)
       values ($1, $2, $3, $4, case when $5 = 0 then $6::bytea else '' end, $7)
       on conflict (organisation_id, device_id, id) do update
         set body = u.body || case when length(u.body) between $5 and $5 + length($6::bytea)
           then substring($6::bytea from length(u.body) - $5 + 1) else '' end
       returning length, body, clock_behind_ms as "clockBehindMs", begun_at as "begunAt"`,
      [
        tx.organisationId,
        from.device.id,
        chunk.uploadId,
        chunk.length,
        chunk.offset,
        chunk.bytes,
        Math.round(receivedAt.getTime() - chunk.sentAtMs),
      ],
    );
    if (!upload || upload.length !== chunk.length) return invalid('length', 'is not what it was at first');
    return upload.body.length > upload.length
      ? invalid('offset', 'there are more bytes than the length says')
      : accept(upload);
  });
  return stored.ok ? finish(services, from, chunk.uploadId, stored.value) : stored;
}

type Upload = {
  readonly length: number;
  readonly body: Buffer;
  readonly clockBehindMs: string;
  readonly begunAt: Date;
};

/** How far an upload has got; begun or not. */
export async function findUpload(
  services: Services,
  from: From,
  uploadId: string,
): Promise<Outcome<UploadProgress, Refusals>> {
  const upload = await services.database.read(from, async (tx) => {
    const [row] = await tx.rows<Upload>(
      `select length, body, clock_behind_ms as "clockBehindMs", begun_at as "begunAt" from check_in_upload
       where device_id = $1 and id = $2`,
      [from.device.id, uploadId],
    );
    return row ?? null;
  });
  if (!upload) return accept({ offset: 0, complete: false, answers: [] });
  return finish(services, from, uploadId, upload);
}

async function finish(
  services: Services,
  from: From,
  uploadId: string,
  upload: Upload,
): Promise<Outcome<UploadProgress, Refusals>> {
  const offset = upload.body.length;
  if (offset < upload.length) return accept({ offset, complete: false, answers: [] });
  const batch = readBatch(upload.body, from.device);
  if (!batch.ok) return batch;
  const synced = await syncScans(services, {
    organisationId: from.organisationId,
    batch: batch.value,
    clockBehindMs: Number(upload.clockBehindMs),
    receivedAt: upload.begunAt,
  });
  if (!synced.ok) return synced;
  await services.database.transaction(from, (tx) =>
    tx.execute(
      'update check_in_upload set completed_at = coalesce(completed_at, now()) where device_id = $1 and id = $2',
      [from.device.id, uploadId],
    ),
  );
  return accept({ offset, complete: true, answers: synced.value });
}

function readBatch(body: Buffer, device: Device): Outcome<DoorBatch, InvalidInput> {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey! }, format: 'jwk' });
    const batch = decodeBatch(body, key);
    return batch.deviceId === device.id ? accept(batch) : invalid('body', 'is the batch of another device');
  } catch (error) {
    if (error instanceof FormatError) return invalid('body', error.message);
    throw error;
  }
}
