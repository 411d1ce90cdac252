import { newKey } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/** A list to check in on, and a ticket that came in by it. */
export async function plantDoor(
  { client }: TestPlatform,
  occurrenceId: string,
  credential: string,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const input = { idempotencyKey: newKey(), occurrenceId, name: `${marker} side door` };
  const created = await client.query<object>(
    `mutation MakeDoor($input: CreateCheckInListInput!) {
      createCheckInList(input: $input) { ... on CheckInListCreated { checkInList { id } } } }`,
    { input },
    { token },
  );
  const listId = findId(created)!;
  const reading = { occurrenceId, listId, credential, nonce: newKey(), deviceId: `${marker} phone` };
  const scanned = await client.query<object>(
    `mutation ReadAtDoor($input: ScanTicketInput!) {
      scanTicket(input: $input) { ... on ScanAccepted { scan { id } } } }`,
    { input: { ...reading, scannedAt: new Date().toISOString() } },
    { token },
  );
  const device = await client.query<object>(
    `mutation MakeDevice($input: CreateDeviceInput!) {
      createDevice(input: $input) { ... on DeviceCreated { device { id } } } }`,
    { input: { name: `${marker} turnstile`, listIds: [listId] } },
    { token },
  );
  return { CheckInList: listId, Scan: findId(scanned)!, Device: findId(device)! };
}

/** The first id in it, however deep: of what was made. */
export function findId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value) return String(value.id);
  return Object.values(value)
    .map(findId)
    .find((id) => id !== undefined);
}
