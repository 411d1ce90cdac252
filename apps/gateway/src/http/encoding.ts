import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import Negotiator from 'negotiator';

export type Encoding = 'zstd' | 'br' | 'gzip';

const encodings: readonly Encoding[] = ['zstd', 'br', 'gzip'];
/** Below it the headers cost more than is saved. */
export const compressedFromBytes = 1_024;
const longestHeader = 200;
const remembered = new Map<string, Encoding | null>();

/** The best of what the client takes (RFC 9110, 12.5.3); null for none. */
export function encodingFor(acceptEncoding: string | undefined): Encoding | null {
  if (!acceptEncoding || acceptEncoding.length > longestHeader) return null;
  const known = remembered.get(acceptEncoding);
  if (known !== undefined) return known;
  const [best] = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } }).encodings([
    ...encodings,
    'identity',
  ]);
  const encoding = encodings.find((one) => one === best) ?? null;
  if (remembered.size < 1_000) remembered.set(acceptEncoding, encoding);
  return encoding;
}

const [toZstd, toBrotli, toGzip] = [promisify(zstdCompress), promisify(brotliCompress), promisify(gzip)];

/** Quick rather than small: an answer is worth no more than a few milliseconds of work, off the main thread. */
export function compress(bytes: Uint8Array, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'zstd':
      return toZstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
    case 'br':
      return toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    case 'gzip':
      return toGzip(bytes, { level: 5 });
  }
}
