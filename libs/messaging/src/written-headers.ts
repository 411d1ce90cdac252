import { Buffer } from 'node:buffer';
import type { MsgHdrs } from 'nats';

/**
 * Headers that are only ever written: the client asks them for nothing but their bytes. Its own keep lists of values by
 * canonical names, which for seven headers an event was a sixth of the relay's time. A name may be set once.
 */
export function writtenHeaders(): WrittenHeaders {
  return new Written() as unknown as WrittenHeaders;
}

export type WrittenHeaders = Pick<MsgHdrs, 'set'> & MsgHdrs;

class Written {
  #text = 'NATS/1.0\r\n';

  set(name: string, value: string): void {
    if (value.includes('\n') || value.includes('\r'))
      throw new Error(`the header ${name} holds a line break`);
    this.#text += `${name}: ${value}\r\n`;
  }

  encode(): Buffer {
    return Buffer.from(`${this.#text}\r\n`);
  }
}
