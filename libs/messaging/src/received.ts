import { Buffer } from 'node:buffer';
import type { JsMsg, MsgHdrs } from 'nats';

/** Headers that are only asked for single values. */
export type ReceivedHeaders = Pick<MsgHdrs, 'get'>;

/** What the client keeps of a message, and does not show: `hdr` bytes of headers, then the payload. */
type Raw = { readonly _rdata?: Uint8Array; readonly _msg?: { readonly hdr: number } };

/**
 * The headers of a message, each looked for in their bytes when it is asked for. The client's own puts all of them under
 * canonical names into lists of values first: a fifth of a consumer's time, for three that are wanted.
 */
export function receivedHeaders(message: JsMsg): ReceivedHeaders | undefined {
  const { _rdata: bytes, _msg: args } = (message as unknown as { readonly msg?: Raw }).msg ?? {};
  if (!bytes || !args) return message.headers;
  if (args.hdr <= 0) return undefined;
  const text = view(bytes).latin1Slice(0, args.hdr);
  return { get: (name) => headerOf(text, name) };
}

/** The payload as text. */
export function receivedText({ data }: JsMsg): string {
  return view(data).utf8Slice();
}

/** The value of the first header of this name; '' where there is none. Headers are ASCII, as the client's are. */
export function headerOf(text: string, name: string): string {
  const at = text.indexOf(`\r\n${name}:`);
  if (at < 0) return '';
  const from = at + name.length + 3;
  const to = text.indexOf('\r\n', from);
  return text.slice(from, to < 0 ? undefined : to).trim();
}

/** Which message of its consumer this is, from 1: of `$JS.ACK.<…>.<times>.<sequence>.<delivery>.<time>.<pending>[.<…>]`. */
export function deliveryOf(message: JsMsg): number {
  const parts = (message as JsMsg & { readonly reply: string }).reply.split('.');
  return Number(parts[parts.length === 9 ? 6 : 8]);
}

type Slices = Buffer & {
  latin1Slice(from?: number, to?: number): string;
  utf8Slice(from?: number, to?: number): string;
};

function view(bytes: Uint8Array): Slices {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as Slices;
}
