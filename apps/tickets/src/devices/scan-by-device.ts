import { accept, encodeId, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseInstant, parseText } from '@marquee/subgraph';
import { findLists } from '../check-in/list-rows.ts';
import type { scanTicket } from '../scans/scan-ticket.ts';
import type { Services } from '../services.ts';
import type { Device } from './device.ts';

/** One reading as a device sends it while it has network. */
export type DeviceReading = {
  readonly listId: string;
  readonly credential: string;
  readonly nonce: string;
  readonly direction: 'IN' | 'OUT';
  readonly scannedAt: Date;
};

/** What a gate is told: whether to open, and what to show. */
export type DeviceVerdict = {
  readonly nonce: string;
  readonly admitted: boolean;
  readonly reason: string | null;
  readonly message: string | null;
  readonly scanId: string | null;
};

export function readReading(json: unknown): Outcome<DeviceReading, InvalidInput> {
  const given = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  for (const field of ['listId', 'credential', 'nonce', 'scannedAt'])
    if (typeof given[field] !== 'string') return invalid(field, 'must be a text');
  const { direction = 'IN' } = given;
  if (direction !== 'IN' && direction !== 'OUT') return invalid('direction', 'must be IN or OUT');
  const text = given as Readonly<Record<'listId' | 'credential' | 'nonce' | 'scannedAt', string>>;
  const parsed = parseAll({
    listId: parseId('CheckInList', 'listId', text.listId),
    credential: parseText('credential', text.credential, { max: 2_000 }),
    nonce: parseText('nonce', text.nonce, { max: 100 }),
    scannedAt: parseInstant('scannedAt', text.scannedAt),
  });
  return parsed.ok ? accept({ ...parsed.value, direction }) : parsed;
}

/** On the device's own lists alone; its nonces are its own, whatever others choose. */
export async function scanByDevice(
  services: Services,
  { organisationId, device }: { readonly organisationId: string; readonly device: Device },
  reading: DeviceReading,
  scan: typeof scanTicket,
): Promise<DeviceVerdict> {
  const shut = (reason: string, message: string): DeviceVerdict => ({
    nonce: reading.nonce,
    admitted: false,
    reason,
    message,
    scanId: null,
  });
  const [list] = device.listIds.includes(reading.listId)
    ? await services.database.read({ organisationId }, (tx) => findLists(tx, [reading.listId]))
    : [];
  if (!list) return shut('LIST_NOT_OPEN', 'This device may not read tickets on this list.');
  const viewer = { subject: `device:${device.id}`, organisationId, role: 'SCANNER' as const, scopes: [] };
  const outcome = await scan(services, viewer, {
    ...reading,
    occurrenceId: list.occurrenceId,
    nonce: `${device.id}:${reading.nonce}`,
    deviceId: device.id,
    gate: device.gate,
  });
  if (outcome.ok) {
    const scanId = encodeId('Scan', outcome.value.id);
    return { nonce: reading.nonce, admitted: true, reason: null, message: null, scanId };
  }
  const { refusal } = outcome;
  return shut(refusal.kind === 'ScanRejected' ? refusal.reason : refusal.kind, refusal.message);
}
