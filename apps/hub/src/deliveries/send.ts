import { request, type Dispatcher } from 'undici';
import { parseRetryAfter } from './schedule.ts';

export type Sent =
  | { readonly ok: true; readonly statusCode: number; readonly response: string | null }
  | {
      readonly ok: false;
      /** Null where no answer came. */
      readonly statusCode: number | null;
      readonly response: string | null;
      /** For whoever reads the log. */
      readonly error: string;
      readonly retryAfterMs: number | null;
    };

const mostResponseBytes = 16 * 1024;

/**
 * One attempt. The deadline is that of the whole exchange, last byte included: undici's own body time-out starts anew
 * with each byte, so that a drip never ends. Redirects are answers, not followed. Of the answer 16 KiB are kept and the
 * rest is not even received; it is asked for uncompressed, so that a small answer is a small one.
 */
export async function sendWebhook(
  dispatcher: Dispatcher,
  message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly contentType: string;
    readonly deadlineMs: number;
  },
): Promise<Sent> {
  const { url, body, deadlineMs } = message;
  try {
    const answer = await request(url, {
      dispatcher,
      method: 'POST',
      headers: {
        ...message.headers,
        'content-type': message.contentType,
        'accept-encoding': 'identity',
        'user-agent': 'Marquee-Webhooks/1',
      },
      body,
      signal: AbortSignal.timeout(deadlineMs),
    });
    const { statusCode, headers } = answer;
    const response = await readSome(answer.body);
    if (statusCode >= 200 && statusCode < 300) return { ok: true, statusCode, response };
    const after = headers['retry-after'];
    const retryAfterMs = parseRetryAfter(typeof after === 'string' ? after : null, Date.now());
    return { ok: false, statusCode, response, error: statusText(statusCode), retryAfterMs };
  } catch (error) {
    const text = faultText(error, deadlineMs);
    return { ok: false, statusCode: null, response: null, error: text, retryAfterMs: null };
  }
}

async function readSome(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length < mostResponseBytes) continue;
    body.destroy();
    break;
  }
  if (length === 0) return null;
  // PostgreSQL's text holds any character but NUL.
  return Buffer.concat(chunks).subarray(0, mostResponseBytes).toString('utf8').replaceAll('\0', '\uFFFD');
}

function statusText(statusCode: number): string {
  if (statusCode >= 300 && statusCode < 400)
    return `The endpoint answered ${statusCode}. Redirects are not followed: give the address it leads to.`;
  return `The endpoint answered ${statusCode}; a delivery is taken by 200 to 299.`;
}

const texts: Readonly<Record<string, string>> = {
  FORBIDDEN_ADDRESS: 'The address leads to a network that webhooks may not be sent to.',
  ECONNREFUSED: 'Nothing listens at the address.',
  ECONNRESET: 'The endpoint hung up.',
  UND_ERR_SOCKET: 'The endpoint hung up.',
  ENOTFOUND: 'The name of the host is not known.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  UND_ERR_CONNECT_TIMEOUT: 'No connection could be made in time.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate cannot be verified: an intermediate one is missing.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
};

function faultText(error: unknown, deadlineMs: number): string {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError')
    return `The endpoint had not answered in full after ${deadlineMs / 1000} seconds.`;
  const known = texts[code ?? ''] ?? texts[(cause as { code?: string } | undefined)?.code ?? ''];
  return known ?? `The request failed${code ? ` (${code})` : ''}.`;
}
