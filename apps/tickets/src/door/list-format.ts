import { verify, type KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { EntryRule } from '../check-in/entry-rule.ts';
import type { CredentialPolicy } from '../tickets/ticket.ts';
import { ByteReader, ByteWriter, FormatError } from './bytes.ts';

/**
 * The list that a device downloads for the time without network:
 *
 *   "MQL1" | key id 2 | signature 64 | zstd( body )
 *
 * The signature (Ed25519, by the key that signs tickets) covers "MQL1" and the compressed body. Of a ticket it tells its
 * id, its type, its epoch and how often it came in: nothing of who holds it.
 */
export type DoorList = EntryRule & {
  readonly listId: string;
  readonly occurrenceId: string;
  /** Everything up to here is in it; asked `since` this version, the service tells what changed. */
  readonly version: bigint;
  /** What changed since this version; null for the whole list. */
  readonly since: bigint | null;
  readonly madeAtMs: number;
  readonly policy: CredentialPolicy;
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
  /** All types of the event, and which of them are let in. */
  readonly types: readonly { readonly id: string; readonly letIn: boolean }[];
  readonly tickets: readonly ListedTicket[];
};

export type ListedTicket = {
  readonly ticketId: string;
  /** Null for a ticket that opens no door any more. */
  readonly ticketTypeId: string | null;
  readonly epoch: number;
  readonly entries: number;
  readonly ins: number;
  readonly inside: boolean;
};

const prefix = Buffer.from('MQL1');
const headLength = 4 + 2 + 64;
const policies: readonly CredentialPolicy[] = ['ANY', 'STATIC', 'ROTATING'];
/** 200,000 tickets; a list that claims more is none of ours. */
const longestBody = 8_000_000;

/** `sign` answers the key's id and the signature of what it is given. */
export function encodeDoorList(
  list: DoorList,
  sign: (bytes: Buffer) => { readonly keyId: Buffer; readonly signature: Buffer },
): Buffer {
  const places = new Map(list.types.map(({ id }, place) => [id, place + 1]));
  const out = new ByteWriter()
    .uuid(list.listId)
    .uuid(list.occurrenceId)
    .long(list.version)
    .byte(list.since === null ? 0 : 1)
    .long(list.since ?? 0n)
    .varint(list.madeAtMs)
    .byte(policies.indexOf(list.policy))
    .varint(list.entriesPerTicket ?? 0)
    .byte((list.exits ? 1 : 0) | (list.reEntry ? 2 : 0))
    .varint(list.validFromMs ?? 0)
    .varint(list.validUntilMs ?? 0)
    .varint(list.types.length);
  for (const { id, letIn } of list.types) out.uuid(id).byte(Number(letIn));
  out.varint(list.tickets.length);
  for (const ticket of list.tickets) {
    out
      .uuid(ticket.ticketId)
      .varint(ticket.ticketTypeId === null ? 0 : (places.get(ticket.ticketTypeId) ?? 0));
    out
      .varint(ticket.epoch)
      .varint(ticket.entries)
      .varint(ticket.ins * 2 + Number(ticket.inside));
  }
  const body = zstdCompressSync(out.bytes());
  const { keyId, signature } = sign(Buffer.concat([prefix, body]));
  return Buffer.concat([prefix, keyId.subarray(0, 2), signature, body]);
}

/** The list, once one of these keys has signed it. Throws FormatError for anything else. */
export function decodeDoorList(
  bytes: Uint8Array,
  keys: readonly { readonly keyId: Buffer; readonly publicKey: KeyObject }[],
): DoorList {
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (frame.length < headLength || !frame.subarray(0, 4).equals(prefix))
    throw new FormatError('this is no list');
  const [keyId, signature, body] = [
    frame.subarray(4, 6),
    frame.subarray(6, headLength),
    frame.subarray(headLength),
  ];
  const signed = Buffer.concat([prefix, body]);
  const genuine = keys.some(
    (key) => key.keyId.subarray(0, 2).equals(keyId) && verify(null, signed, key.publicKey, signature),
  );
  if (!genuine) throw new FormatError('the list is not signed by the service');
  return readBody(zstdDecompressSync(body, { maxOutputLength: longestBody }));
}

function readBody(bytes: Buffer): DoorList {
  const read = new ByteReader(bytes);
  const [listId, occurrenceId, version] = [read.uuid(), read.uuid(), read.long()];
  const [isIncrement, from] = [read.byte() === 1, read.long()];
  const madeAtMs = read.varint();
  const policy = policies[read.byte()] ?? 'ANY';
  const entriesPerTicket = read.varint() || null;
  const flags = read.byte();
  const [validFromMs, validUntilMs] = [read.varint() || null, read.varint() || null];
  const types = Array.from({ length: read.varint() }, () => ({ id: read.uuid(), letIn: read.byte() === 1 }));
  const tickets = Array.from({ length: read.varint() }, (): ListedTicket => {
    const ticketId = read.uuid();
    const ticketTypeId = types[read.varint() - 1]?.id ?? null;
    const [epoch, entries, came] = [read.varint(), read.varint(), read.varint()];
    return { ticketId, ticketTypeId, epoch, entries, ins: Math.floor(came / 2), inside: came % 2 === 1 };
  });
  read.end();
  return {
    listId,
    occurrenceId,
    version,
    since: isIncrement ? from : null,
    madeAtMs,
    policy,
    entriesPerTicket,
    exits: (flags & 1) !== 0,
    reEntry: (flags & 2) !== 0,
    validFromMs,
    validUntilMs,
    types,
    tickets,
  };
}
