import { errorAnswer, type HttpAnswer, type HttpExchange, type Viewer } from '@marquee/subgraph';
import type { TokenVerifier, VerifiedToken } from '../access/verify-tokens.ts';

export type SignedIn = { readonly viewer?: Viewer } | { readonly refused: HttpAnswer };

/** The token in `authorization: Bearer …`; null where the header is not of that form. */
export function bearerOf(authorization: string): string | null {
  return /^\s*bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? null;
}

export function refuseToken(message: string, correlationId: string): HttpAnswer {
  const refused = errorAnswer(401, 'UNAUTHENTICATED', message, correlationId);
  const challenge = 'Bearer realm="marquee", error="invalid_token"';
  return { ...refused, headers: { ...refused.headers, 'www-authenticate': challenge } };
}

/** Who sends the request: nobody without a token, and no guess where a token is not right. */
export async function signIn(
  { headers, correlationId }: HttpExchange,
  tokens: TokenVerifier,
  address: string,
): Promise<SignedIn> {
  const { authorization } = headers;
  // A scheme with nothing after it names nobody: the explorer's header before a token is pasted in.
  if (!authorization || /^\s*bearer\s*$/i.test(authorization)) return {};
  const token = bearerOf(authorization);
  const verified: VerifiedToken = token
    ? await tokens.verify(token, address)
    : { ok: false, message: 'Send the token as `authorization: Bearer …`.' };
  if (verified.ok) return { viewer: verified.viewer };
  if (!verified.unavailable) return { refused: refuseToken(verified.message, correlationId) };
  const later = errorAnswer(503, 'UNAVAILABLE', verified.message, correlationId);
  return { refused: { ...later, headers: { ...later.headers, 'retry-after': '1' } } };
}

/**
 * By GET, a page of another origin may ask without asking the browser first; Apollo Server refuses such requests, so
 * they are not answered from what is kept either.
 */
export function passesPreflight({ method, headers }: HttpExchange): boolean {
  return (
    method !== 'GET' || Boolean(headers['x-apollo-operation-name'] || headers['apollo-require-preflight'])
  );
}
