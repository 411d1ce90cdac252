import { hash, sign, verify, type KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Direction } from '../check-in/entry-rule.ts';
import { ByteReader, ByteWriter, FormatError, uuidBytes, uuidOf } from './bytes.ts';

/**
 * What a device read without network, as it sends it:
 *
 *   "MQB1" | device 16 | signature 64 | zstd( list 16 | count | readings )
 *   reading: flags 1 | its number and its milliseconds, less those of the one before | ticket 16 and epoch, where there is a ticket
 *   flags: 1 out, 2 the door opened, 4 there is a ticket, 8 × why the door stayed shut (its place in `deviceReasons`)
 *
 * The device's Ed25519 key signs "MQB1", its id and the compressed readings. The first reading's time counts from 1970,
 * by the device's clock. Readings are numbered through a device's whole life, so a number is sent twice but counts once.
 */
export type DoorBatch = {
  readonly deviceId: string;
  readonly listId: string;
  readonly readings: readonly OfflineReading[];
};

export type OfflineReading = {
  readonly number: number;
  readonly direction: Direction;
  /** By the device's clock. */
  readonly atMs: number;
  /** Null where the credential was none. */
  readonly ticketId: string | null;
  readonly epoch: number;
  /** Why the door stayed shut; null where it opened. */
  readonly reason: DeviceReason | null;
};

/** New ones go to the end. */
export const deviceReasons = [
  'ALREADY_ADMITTED',
  'UNKNOWN',
  'REVOKED',
  'WRONG_OCCURRENCE',
  'BAD_SIGNATURE',
  'STALE',
  'NOT_ON_LIST',
  'OUTSIDE_WINDOW',
  'ALREADY_INSIDE',
  'NOT_INSIDE',
  'EXITS_NOT_TAKEN',
] as const;
export type DeviceReason = (typeof deviceReasons)[number];

export const mostReadings = 5_000;
const prefix = Buffer.from('MQB1');
const headLength = 4 + 16 + 64;
/** 5,000 readings of at most 32 bytes. */
const longestBody = 200_000;

export function encodeBatch({ deviceId, listId, readings }: DoorBatch, key: KeyObject): Buffer {
  const out = new ByteWriter().uuid(listId).varint(readings.length);
  let before = { number: 0, atMs: 0 };
  for (const reading of readings) {
    const { direction, reason, ticketId } = reading;
    const why = reason === null ? 0 : deviceReasons.indexOf(reason);
    out.byte(
      (direction === 'OUT' ? 1 : 0) | (reason === null ? 2 : 0) | (ticketId === null ? 0 : 4) | (why << 3),
    );
    out.varint(reading.number - before.number).signed(reading.atMs - before.atMs);
    before = reading;
    if (ticketId !== null) out.uuid(ticketId).varint(reading.epoch);
  }
  const body = Buffer.concat([uuidBytes(deviceId), zstdCompressSync(out.bytes())]);
  const signed = Buffer.concat([prefix, body]);
  return Buffer.concat([prefix, body.subarray(0, 16), sign(null, signed, key), body.subarray(16)]);
}

/** The batch, once the device's key has signed it. Throws FormatError for anything else. */
export function decodeBatch(frame: Buffer, key: KeyObject): DoorBatch {
  if (frame.length < headLength || !frame.subarray(0, 4).equals(prefix))
    throw new FormatError('this is no batch');
  const [device, signature, packed] = [
    frame.subarray(4, 20),
    frame.subarray(20, headLength),
    frame.subarray(headLength),
  ];
  if (!verify(null, Buffer.concat([prefix, device, packed]), key, signature))
    throw new FormatError('the batch is not signed by the device');
  const read = new ByteReader(unpack(packed));
  const listId = read.uuid();
  const count = read.varint();
  if (count > mostReadings) throw new FormatError(`a batch has at most ${mostReadings} readings`);
  let [number, atMs] = [0, 0];
  const readings = Array.from({ length: count }, (): OfflineReading => {
    const flags = read.byte();
    number += read.varint();
    atMs += read.signed();
    const known = (flags & 4) !== 0;
    const reason = (flags & 2) !== 0 ? null : deviceReasons[flags >> 3];
    if (reason === undefined) throw new FormatError('a reason is not known');
    return {
      number,
      direction: (flags & 1) !== 0 ? 'OUT' : 'IN',
      atMs,
      ticketId: known ? read.uuid() : null,
      epoch: known ? read.varint() : 0,
      reason,
    };
  });
  read.end();
  return { deviceId: uuidOf(device), listId, readings };
}

function unpack(packed: Buffer): Buffer {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: longestBody });
  } catch (cause) {
    throw new FormatError('the readings cannot be unpacked', { cause });
  }
}

/** The id of a reading follows from its device and number, so that who syncs it and when makes no difference. */
export function readingId(deviceId: string, number: number): string {
  const bytes = new ByteWriter()
    .raw(Buffer.from('marquee reading'))
    .uuid(deviceId)
    .long(BigInt(number))
    .bytes();
  const id = hash('sha256', bytes, 'buffer').subarray(0, 16);
  id[6] = (id[6]! & 0x0f) | 0x80;
  id[8] = (id[8]! & 0x3f) | 0x80;
  return uuidOf(id);
}
