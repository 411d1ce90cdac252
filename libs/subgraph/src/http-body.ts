import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from './error-codes.ts';

/** A body that cannot be taken; the caller's doing. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: number;
  readonly code: ErrorCode;

  constructor(status: number, code: ErrorCode, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function tooLong(maxBytes: number): BodyError {
  return new BodyError(413, 'BODY_TOO_LARGE', `The body may have at most ${maxBytes} bytes.`);
}

/** Bytes of UTF-8 as text; throws a BodyError where they are none. */
export function decodeBody(bytes: Uint8Array | undefined): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BodyError(400, 'BAD_REQUEST', 'The body is not UTF-8.');
  }
}

/** The whole body as text. Stops reading at `maxBytes`: what comes after is never held. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    if (isEncoded(request)) {
      return reject(new BodyError(415, 'UNSUPPORTED_ENCODING', 'Send the body without content-encoding.'));
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(tooLong(maxBytes));
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= maxBytes) return void chunks.push(chunk);
      request.pause();
      request.removeAllListeners('data');
      reject(tooLong(maxBytes));
    });
    request.on('error', () => reject(new BodyError(400, 'BAD_REQUEST', 'The body did not arrive.')));
    request.on('end', () => {
      try {
        resolve(decodeBody(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)));
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

function isEncoded({ headers }: IncomingMessage): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding !== 'identity';
}

/** What is answered without work is asked for in fewer bytes. */
const shortBytes = 16 * 1024;

/** Whether a request says that it brings a short body, or none by GET: not more than is read of anybody. */
export function hasShortBody(request: IncomingMessage): boolean {
  if (request.method === 'GET') return true;
  const length = request.headers['content-length'];
  return length !== undefined && Number(length) <= shortBytes && !isEncoded(request);
}

/** Hands over a short body, whole. Where the client goes before that, nothing is called. */
export function takeShortBody(request: IncomingMessage, take: (bytes: Buffer) => void): void {
  if (request.method === 'GET') return take(Buffer.of());
  const chunks: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
}

/** No honest input nests deeper; coercing a value recurses, and a bomb of brackets would overflow the stack. */
const maxJsonDepth = 64;
/** A seat map of a stadium has as many; a body of empty lists has three times that, and takes 60 ms to parse. */
const maxJsonValues = 500_000;

const quote = 0x22;
const backslash = 0x5c;

/** Where a string ends that begins at `start`; found natively, so that a long one costs nothing. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Why a text is not parsed: JSON has no limits of its own. */
function findBomb(text: string): string | null {
  let depth = 0;
  let values = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxJsonDepth) return `The body nests deeper than ${maxJsonDepth} levels.`;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2c && ++values > maxJsonValues)
      return `The body has more than ${maxJsonValues} values.`;
  }
  return null;
}

const opening = /^\s*[{[]/;

/** The JSON value of a body, or a BodyError that says what is wrong with it. */
export function parseJsonBody(text: string): unknown {
  if (!opening.test(text)) throw new BodyError(400, 'BAD_REQUEST', 'The body must be a JSON object.');
  const bomb = findBomb(text);
  if (bomb) throw new BodyError(400, 'BAD_REQUEST', bomb);
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError(400, 'BAD_REQUEST', 'The body is not valid JSON.');
  }
}
