import { Buffer } from 'node:buffer';
import type { MsgHdrs } from 'nats';

/**
 * Headers that are only ever written: the client asks them for nothing but their bytes. Its own keep lists of values by
 * canonical names, which for seven headers an event was a sixth of the relay's time. A name may be set once.
 */
export function writtenHeaders(): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  const written = {
    set: (name: string, value: string) => {
      if (/[\r\n]/.test(value)) throw new Error(`the header ${name} holds a line break`);
      text += `${name}: ${value}\r\n`;
    },
    encode: () => Buffer.from(`${text}\r\n`),
  };
  return written as unknown as MsgHdrs;
}
