/** Writes numbers, uuids and raw bytes one after the other. Numbers of 8 bytes are big endian; others are varints (LEB128). */
export class ByteWriter {
  readonly #bytes: number[] = [];

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  byte(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  uuid(value: string): this {
    return this.raw(uuidBytes(value));
  }

  /** A whole number from 0 to 2^53 - 1. */
  varint(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes.push((rest % 0x80) | 0x80);
    this.#bytes.push(rest);
    return this;
  }

  /** A whole number of either sign, small where it is near 0. */
  signed(value: number): this {
    return this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  long(value: bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return this.raw(bytes);
  }

  bytes(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

/** What cannot be read: cut off, or never written by us. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  raw(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new FormatError('the bytes end too early');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  byte(): number {
    return this.raw(1).readUInt8();
  }

  uuid(): string {
    return uuidOf(this.raw(16));
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) break;
      if (byte < 0x80) return value;
    }
    throw new FormatError('a number is too large');
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  long(): bigint {
    return this.raw(8).readBigUInt64BE();
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new FormatError('there are more bytes than expected');
  }
}

export function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new FormatError(`not a uuid: ${uuid}`);
  return bytes;
}

export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
