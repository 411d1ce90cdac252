import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encodeId, newUuid } from '@marquee/kernel';
import { createOfflineDoor, memoryStorage, type DoorStorage, type DoorTransport } from '../door/index.ts';
import {
  accepted,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import { createDevice, enrolDevice, enrolmentText } from './manage-devices.ts';
import { normaliseCode } from './device.ts';

/** To a service at this address; `broken` says which requests the link loses, and whether on the way there. */
export function transportTo(url: string, broken: () => 'there' | 'back' | null = () => null): DoorTransport {
  return async ({ method, target, headers, body }) => {
    const lost = broken();
    if (lost === 'there') throw new Error('the link broke');
    const response = await fetch(new URL(target, url), {
      method,
      headers,
      ...(method === 'POST' && { body }),
    });
    const answer = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
    if (lost === 'back') throw new Error('the link broke');
    return answer;
  };
}

export async function givenCode(world: World, listIds: readonly string[], gate = 'North'): Promise<string> {
  const made = await accepted(createDevice(world.services, world.viewer, { name: gate, gate, listIds }));
  return made.code;
}

/** An enrolled device without a door around it, to send what a test wants. */
export async function givenDevice(
  world: World,
  listIds: readonly string[],
  gate: string,
): Promise<{ readonly id: string; readonly key: KeyObject }> {
  const code = await givenCode(world, listIds, gate);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const proof = sign(null, enrolmentText(normaliseCode(code)!), privateKey).toString('base64url');
  const { x } = publicKey.export({ format: 'jwk' });
  const { device } = await accepted(enrolDevice(world.services, { code, publicKey: x!, proof }));
  return { id: device.id, key: privateKey };
}

/** An enrolled door on the occurrence's own list, with the list downloaded. */
export async function givenDoor(
  world: World,
  url: string,
  occurrenceId: string,
  options: {
    readonly gate?: string;
    readonly storage?: DoorStorage;
    readonly transport?: DoorTransport;
    readonly nowMs?: () => number;
    readonly chunkBytes?: number;
  } = {},
) {
  const { gate = 'North', storage = memoryStorage(), transport = transportTo(url), ...rest } = options;
  const door = createOfflineDoor({ storage, transport, ...rest });
  const { listIds } = await door.enrol(await givenCode(world, [occurrenceId], gate));
  const listId = listIds[0]!;
  await door.download(listId);
  return { door, listId, storage };
}

/** An occurrence and tickets of it. */
export async function givenTickets(world: World, quantity: number) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: 1_000, maxPerOrder: 100 });
  const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity });
  const ticketIds = await ticketIdsOf(world, paid);
  const credentialOf = (ticketId: string, epoch = 1) =>
    world.services.credentials.sign({ ticketId, occurrenceId: occurrence.id, epoch });
  const listId = encodeId('CheckInList', occurrence.id);
  return { occurrence, type, paid, ticketIds, credentialOf, listId, nonce: newUuid };
}
