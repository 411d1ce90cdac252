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

/** The whole body as text. Stops reading at `maxBytes`: what comes after is never held. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const encoding = request.headers['content-encoding'];
    if (encoding && encoding !== 'identity') {
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
        resolve(utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)));
      } catch {
        reject(new BodyError(400, 'BAD_REQUEST', 'The body is not UTF-8.'));
      }
    });
  });
}

/** No honest input nests deeper; coercing a value recurses, and a bomb of brackets would overflow the stack. */
const maxJsonDepth = 64;

function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxJsonDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

/** The JSON value of a body, or a BodyError that says what is wrong with it. */
export function parseJsonBody(text: string): unknown {
  if (isNestedTooDeeply(text)) {
    throw new BodyError(400, 'BAD_REQUEST', `The body nests deeper than ${maxJsonDepth} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError(400, 'BAD_REQUEST', 'The body is not valid JSON.');
  }
}
