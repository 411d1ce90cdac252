import type { HttpRoute } from '@marquee/subgraph';
import type { CredentialSigner } from './credential.ts';

/** The public keys as a JWKS document. They are for everyone; a device keeps them for the time without network. */
export function ticketKeysRoute(credentials: CredentialSigner): HttpRoute {
  return async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } };
    return {
      status: 200,
      headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' },
      body: JSON.stringify({ keys: credentials.publicKeys() }),
    };
  };
}
