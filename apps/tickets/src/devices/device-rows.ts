import type { Transaction } from '@marquee/postgres';
import type { Device, DeviceStatus } from './device.ts';

type DeviceRow = {
  readonly id: string;
  readonly name: string;
  readonly gate: string;
  readonly list_ids: readonly string[];
  readonly status: DeviceStatus;
  readonly created_at: Date;
  readonly enrolled_at: Date | null;
  readonly revoked_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly clock_behind_ms: string | null;
  readonly public_key: string | null;
};

function readDeviceRow(row: DeviceRow): Device {
  return {
    id: row.id,
    name: row.name,
    gate: row.gate,
    listIds: row.list_ids,
    status: row.status,
    createdAt: row.created_at,
    enrolledAt: row.enrolled_at,
    revokedAt: row.revoked_at,
    lastSeenAt: row.last_seen_at,
    clockBehindMs: row.clock_behind_ms === null ? null : Number(row.clock_behind_ms),
    publicKey: row.public_key,
  };
}

export async function findDevices(tx: Transaction, ids: readonly string[]): Promise<Device[]> {
  const rows = await tx.rows<DeviceRow>('select * from check_in_device where id = any($1)', [ids]);
  return rows.map(readDeviceRow);
}

/** Newest first, one more than asked for. */
export async function findAllDevices(
  tx: Transaction,
  { first, after }: { readonly first: number; readonly after: readonly string[] | null },
): Promise<Device[]> {
  const rows = await tx.rows<DeviceRow>(
    `select * from check_in_device where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid)
     order by created_at desc, id desc limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, first + 1],
  );
  return rows.map(readDeviceRow);
}

/** The device, locked: its syncs come one after the other, and none comes after it was revoked. */
export async function lockDevice(tx: Transaction, id: string): Promise<Device | null> {
  const [row] = await tx.rows<DeviceRow>('select * from check_in_device where id = $1 for no key update', [
    id,
  ]);
  return row ? readDeviceRow(row) : null;
}

/** Whose device it is: it knows its own id, and its signature is judged before anything else is done. */
export async function findDeviceAnywhere(
  systemTx: Transaction,
  id: string,
): Promise<{ readonly organisationId: string; readonly device: Device } | null> {
  const [row] = await systemTx.rows<DeviceRow & { readonly organisation_id: string }>(
    'select * from check_in_device where id = $1',
    [id],
    { name: 'find-device' },
  );
  return row ? { organisationId: row.organisation_id, device: readDeviceRow(row) } : null;
}

export async function sawDevice(tx: Transaction, id: string): Promise<void> {
  await tx.execute('update check_in_device set last_seen_at = clock_timestamp() where id = $1', [id]);
}
