import { encodeId, refuse, accept, type Outcome } from '@marquee/kernel';
import { orderLinkScopes } from '@marquee/subgraph';
import { importJWK, SignJWT } from 'jose';
import type { Services } from '../command.ts';
import { accessTokenSeconds, audience, issuerOf } from '../tokens/issuer.ts';
import { loadSigningKeys } from '../tokens/signing-keys.ts';
import { readLinkToken, type ReadLink } from './link-token.ts';
import { linkById } from './order-link-rows.ts';

export type OrderAccess = { readonly accessToken: string; readonly orderId: string };

export type LinkRefused = {
  readonly kind: 'LinkRefused';
  readonly reason: 'INVALID' | 'EXPIRED' | 'REVOKED';
  readonly message: string;
};

const messages: Readonly<Record<LinkRefused['reason'], string>> = {
  INVALID: 'This is no link of ours. Open the one in the mail as it is, all of it.',
  EXPIRED: 'This link is too old. Ask whoever sold you the tickets for another one.',
  REVOKED: 'This link was ended. If you have a newer mail, use the link in that.',
};
const no = (reason: LinkRefused['reason']): Outcome<never, LinkRefused> =>
  refuse({ kind: 'LinkRefused', reason, message: messages[reason] });

/** A link as a token of some minutes for that order alone. A link is good many times: until it expires or is ended. */
export async function exchangeLink(
  services: Services,
  token: string,
): Promise<Outcome<OrderAccess, LinkRefused>> {
  const read = await readLinkToken(services, token);
  if (read === null) return no('INVALID');
  if (read === 'EXPIRED') return no('EXPIRED');
  const { organisationId, orderId, id } = read;
  const link = await services.database.read({ organisationId }, (tx) => linkById(tx, id));
  if (!link || link.revokedAt || link.orderId !== orderId) return no('REVOKED');
  return accept({ accessToken: await signAccess(services, read), orderId: encodeId('Order', orderId) });
}

/** Of a guest who is nobody but the holder of this link: no account, no address, by which it might own something else. */
async function signAccess(services: Services, { id, organisationId, orderId }: ReadLink): Promise<string> {
  const [jwk] = (await loadSigningKeys(services)).keys;
  const claims = {
    // What it stands on: a revocation of the link names it as one of a session does.
    sid: encodeId('SignInSession', id),
    org: organisationId,
    role: 'GUEST',
    scopes: orderLinkScopes,
    order: orderId,
  };
  const nowMs = services.clock.now().getTime();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk!.kid!, typ: 'at+jwt' })
    .setIssuer(issuerOf(services))
    .setAudience(audience)
    .setSubject(`order:${encodeId('Order', orderId)}`)
    .setIssuedAt(new Date(nowMs))
    .setExpirationTime(new Date(nowMs + accessTokenSeconds * 1_000))
    .sign(await importJWK(jwk!, 'EdDSA'));
}
