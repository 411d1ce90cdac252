import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { decodeId, newUuid } from '@marquee/kernel';
import { judgePassage, neverCame, type Direction, type Presence } from '../check-in/entry-rule.ts';
import { readPublishedKeys } from '../tickets/key-ring.ts';
import { readCredential } from '../tickets/read-credential.ts';
import { acceptsForm } from '../tickets/ticket.ts';
import { encodeBatch, mostReadings, type DeviceReason } from './batch-format.ts';
import { keepReadings, type KeptReading, type KeptReadings } from './kept-readings.ts';
import { decodeDoorList, type DoorList, type ListedTicket } from './list-format.ts';
import { jsonIn, type DoorStorage } from './storage.ts';
import { read, signedCalls, type Call, type DoorTransport } from './transport.ts';

/**
 * A device at a door: enrols once, downloads its list, and from then on needs no network. What it reads is stored before
 * the door opens and sent when there is network again; interrupted anywhere, it goes on where it was. It does one thing at
 * a time. The seams are storage, transport and clock, so that it runs in any app, and in tests.
 */
export type OfflineDoor = {
  /** Makes the device's key and exchanges the organiser's code for its lists. */
  enrol(code: string): Promise<{ readonly listIds: readonly string[] }>;
  /** The whole list at first, and what changed in it after that. Answers its version. */
  download(listId: string): Promise<bigint>;
  /** Judges a credential by its signature, the list, and what was read here. */
  admit(listId: string, credential: string, direction?: Direction): Promise<OfflineVerdict>;
  /** Sends what was read and not yet answered for; answers how the readings stand. Throws where the network fails. */
  sync(): Promise<readonly SyncedReading[]>;
  /** Readings that wait to be sent. */
  pending(): Promise<number>;
};

export type OfflineVerdict = {
  readonly number: number;
  readonly admitted: boolean;
  readonly reason: DeviceReason | null;
};

export type SyncedReading = {
  readonly number: number;
  readonly result: string;
  readonly reason: string | null;
  readonly winnerId: string | null;
};

export type OfflineDoorOptions = {
  readonly storage: DoorStorage;
  readonly transport: DoorTransport;
  readonly nowMs?: () => number;
  /** Bytes sent at a time. Small ones lose little when the link breaks. */
  readonly chunkBytes?: number;
};

type Identity = {
  readonly id: string;
  readonly privateKey: object;
  readonly listIds: readonly string[];
  readonly ticketKeys: readonly unknown[];
};
type Upload = {
  readonly id: string;
  readonly body: string;
  readonly listId: string;
  readonly numbers: readonly number[];
};

export function createOfflineDoor(options: OfflineDoorOptions): OfflineDoor {
  return new Door(options);
}

class Door implements OfflineDoor {
  readonly #storage: DoorStorage;
  readonly #json: ReturnType<typeof jsonIn>;
  readonly #readings: KeptReadings;
  readonly #transport: DoorTransport;
  readonly #nowMs: () => number;
  readonly #chunkBytes: number;
  readonly #lists = new Map<
    string,
    { readonly list: DoorList; readonly tickets: Map<string, ListedTicket> }
  >();
  /** What was read here since the list was downloaded, by list and ticket. */
  readonly #presences = new Map<string, Presence>();
  #last: Promise<unknown> = Promise.resolve();

  constructor({ storage, transport, nowMs = Date.now, chunkBytes = 4_096 }: OfflineDoorOptions) {
    this.#storage = storage;
    this.#json = jsonIn(storage);
    this.#readings = keepReadings(storage);
    this.#transport = transport;
    this.#nowMs = nowMs;
    this.#chunkBytes = chunkBytes;
  }

  enrol(code: string): Promise<{ readonly listIds: readonly string[] }> {
    return this.#alone(async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const letters = code.toUpperCase().replaceAll(/[\s-]/g, '');
      const proof = sign(null, Buffer.from(`marquee enrol ${letters}`), privateKey).toString('base64url');
      const { x } = publicKey.export({ format: 'jwk' });
      const body = JSON.stringify({ code, publicKey: x, proof });
      const headers = { 'content-type': 'application/json' };
      const answer = read(
        await this.#transport({ method: 'POST', target: '/check-in/enrol', headers, body }),
      );
      const welcome = JSON.parse(Buffer.from(answer).toString()) as {
        readonly deviceId: string;
        readonly lists: readonly { readonly id: string }[];
        readonly ticketKeys: readonly unknown[];
      };
      const listIds = welcome.lists.map(({ id }) => id);
      const key = privateKey.export({ format: 'jwk' });
      await this.#json.put('identity', {
        id: welcome.deviceId,
        privateKey: key,
        listIds,
        ticketKeys: welcome.ticketKeys,
      });
      return { listIds };
    });
  }

  download(listId: string): Promise<bigint> {
    return this.#alone(async () => {
      const { keys, call } = await this.#identity();
      const known = await this.#list(listId);
      const since = known ? `?since=${known.list.version}` : '';
      const synced = (await this.#readings.all()).filter(
        (reading) => reading.synced && reading.listId === listId,
      );
      const bytes = await call('GET', `/check-in/lists/${listId}${since}`);
      const list = decodeDoorList(bytes, keys);
      if (list.listId !== decodeId('CheckInList', listId)) throw new Error('the service sent another list');
      const tickets = new Map(list.since === null ? [] : known?.tickets);
      for (const ticket of list.tickets) tickets.set(ticket.ticketId, ticket);
      const { tickets: _, ...head } = list;
      const text = JSON.stringify({
        ...head,
        version: `${head.version}`,
        since: null,
        tickets: [...tickets.values()],
      });
      await this.#storage.set(`list/${listId}`, text);
      this.#lists.set(listId, { list, tickets });
      await this.#readings.forget(synced);
      await this.#recall(listId);
      return list.version;
    });
  }

  admit(listId: string, credential: string, direction: Direction = 'IN'): Promise<OfflineVerdict> {
    return this.#alone(async () => {
      const { keys } = await this.#identity();
      const known = await this.#list(listId);
      if (!known) throw new Error('the list was not downloaded');
      const atMs = this.#nowMs();
      const claims = readCredential(keys, credential, new Date(atMs));
      const number = await this.#readings.next();
      const ticket = claims && known.tickets.get(claims.ticketId);
      const presenceKey = `${listId} ${claims?.ticketId}`;
      const presence = this.#presences.get(presenceKey) ?? (ticket ? presenceOf(ticket) : neverCame);
      const fault = judge(known.list, { claims, ticket: ticket ?? null, direction, atMs });
      const passed = judgePassage(known.list, presence, { id: `${number}`, atMs, direction });
      const reason = fault ?? passed.verdict.reason;
      const reading: KeptReading = {
        listId,
        number,
        direction,
        atMs,
        ticketId: claims?.ticketId ?? null,
        epoch: claims?.epoch ?? 0,
        reason,
      };
      // Stored first: who was let in is known even if the device dies now.
      await this.#readings.add(reading);
      if (reason === null) this.#presences.set(presenceKey, passed.presence);
      return { number, admitted: reason === null, reason };
    });
  }

  sync(): Promise<readonly SyncedReading[]> {
    return this.#alone(async () => {
      const { call, id, privateKey } = await this.#identity();
      const all: SyncedReading[] = [];
      for (;;) {
        const upload = (await this.#json.take<Upload>('upload')) ?? (await this.#prepare(id, privateKey));
        if (!upload) return all;
        all.push(...(await send(call, upload, this.#chunkBytes)));
        await this.#readings.markSynced(upload.numbers);
        await this.#storage.delete('upload');
      }
    });
  }

  async pending(): Promise<number> {
    return this.#alone(async () => (await this.#readings.unsent()).length);
  }

  /** The readings of one list as they will be sent, however often: a batch once begun is never another. */
  async #prepare(deviceId: string, key: KeyObject): Promise<Upload | null> {
    const waiting = await this.#readings.unsent();
    if (waiting.length === 0) return null;
    const { listId } = waiting[0]!;
    const readings = waiting.filter((reading) => reading.listId === listId).slice(0, mostReadings);
    const body = encodeBatch({ deviceId, listId: decodeId('CheckInList', listId)!, readings }, key);
    const own = readings.map(({ number }) => number);
    const upload = { id: newUuid(), body: body.toString('base64url'), listId, numbers: own };
    await this.#json.put('upload', upload);
    return upload;
  }

  /** After a restart, or a newer list: what was read here and the service may not know of yet. */
  async #recall(listId: string): Promise<void> {
    const known = await this.#list(listId);
    for (const key of this.#presences.keys()) if (key.startsWith(`${listId} `)) this.#presences.delete(key);
    for (const reading of await this.#readings.all()) {
      if (reading.listId !== listId || reading.reason !== null || !known) continue;
      const key = `${listId} ${reading.ticketId}`;
      const listed = known.tickets.get(reading.ticketId!);
      const presence = this.#presences.get(key) ?? (listed ? presenceOf(listed) : neverCame);
      this.#presences.set(
        key,
        judgePassage(known.list, presence, { ...reading, id: `${reading.number}` }).presence,
      );
    }
  }

  async #list(listId: string) {
    if (this.#lists.has(listId)) return this.#lists.get(listId)!;
    const stored = await this.#json.take<DoorList & { readonly version: string }>(`list/${listId}`);
    if (!stored) return null;
    const list: DoorList = { ...stored, version: BigInt(stored.version) };
    const known = { list, tickets: new Map(list.tickets.map((ticket) => [ticket.ticketId, ticket])) };
    this.#lists.set(listId, known);
    await this.#recall(listId);
    return known;
  }

  async #identity() {
    const identity = await this.#json.take<Identity>('identity');
    if (!identity) throw new Error('the device is not enrolled');
    const privateKey = createPrivateKey({
      key: identity.privateKey as Record<string, string>,
      format: 'jwk',
    });
    const call = signedCalls(this.#transport, { id: identity.id, privateKey }, this.#nowMs);
    return { id: identity.id, privateKey, keys: readPublishedKeys(identity.ticketKeys), call };
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

const presenceOf = ({ entries, ins, inside }: ListedTicket): Presence => ({
  ...neverCame,
  entries,
  ins,
  outs: inside ? ins - 1 : ins,
  inside,
});

function judge(
  list: DoorList,
  reading: {
    readonly claims: ReturnType<typeof readCredential>;
    readonly ticket: ListedTicket | null;
    readonly direction: Direction;
    readonly atMs: number;
  },
): DeviceReason | null {
  const { claims, ticket, direction, atMs } = reading;
  if (!claims) return 'BAD_SIGNATURE';
  if (claims.occurrenceId !== list.occurrenceId) return 'WRONG_OCCURRENCE';
  if (!ticket) return 'UNKNOWN';
  if (ticket.ticketTypeId === null || claims.epoch !== ticket.epoch) return 'REVOKED';
  if (!claims.fresh || !acceptsForm(list.policy, claims.form)) return 'STALE';
  if (direction === 'OUT') return list.exits ? null : 'EXITS_NOT_TAKEN';
  if (!list.types.some(({ id, letIn }) => letIn && id === ticket.ticketTypeId)) return 'NOT_ON_LIST';
  const early = list.validFromMs !== null && atMs < list.validFromMs;
  const late = list.validUntilMs !== null && atMs >= list.validUntilMs;
  return early || late ? 'OUTSIDE_WINDOW' : null;
}

type Progress = {
  readonly offset: number;
  readonly complete: boolean;
  readonly answers: readonly SyncedReading[];
};

/** From where the service is: after a broken link it is asked, and not the device's memory. */
async function send(call: Call, upload: Upload, chunkBytes: number): Promise<readonly SyncedReading[]> {
  const bytes = Buffer.from(upload.body, 'base64url');
  const target = `/check-in/uploads/${upload.id}`;
  const parse = (answer: Uint8Array) => JSON.parse(Buffer.from(answer).toString()) as Progress;
  let progress = parse(await call('GET', target));
  while (!progress.complete) {
    const { offset } = progress;
    const chunk = bytes.subarray(offset, offset + chunkBytes).toString('base64url');
    progress = parse(await call('POST', `${target}?offset=${offset}&length=${bytes.length}`, chunk));
  }
  return progress.answers;
}
