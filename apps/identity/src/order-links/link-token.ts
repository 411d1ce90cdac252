import { decodeId, encodeId, isUuid } from '@marquee/kernel';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import type { Services } from '../command.ts';
import { issuerOf } from '../tokens/issuer.ts';
import { loadSigningKeys, publicKeys } from '../tokens/signing-keys.ts';
import { orderLinkDays, type OrderLink } from './order-link.ts';

/** Another than that of access tokens: neither passes for the other, by its key, its type and its audience. */
const audience = 'marquee:order-link';
const type = 'marquee-order-link+jwt';

export type SignLink = (link: OrderLink) => Promise<string>;

/** Signs links with the key of now. */
export async function createLinkSigner(services: Services): Promise<SignLink> {
  const [jwk] = (await loadSigningKeys(services, 'order-link')).keys;
  const key = await importJWK(jwk!, 'EdDSA');
  return ({ id, organisationId, orderId }) =>
    new SignJWT({ org: organisationId })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk!.kid!, typ: type })
      .setIssuer(issuerOf(services))
      .setAudience(audience)
      .setSubject(encodeId('Order', orderId))
      .setJti(id)
      .setIssuedAt(services.clock.now())
      .setExpirationTime(new Date(services.clock.now().getTime() + orderLinkDays * 86_400_000))
      .sign(key);
}

/** Longer than any of ours. */
const longest = 2_000;

export type ReadLink = Pick<OrderLink, 'id' | 'organisationId' | 'orderId'>;

/** What a link says, where it is ours and unaltered; whether it still holds, its row says. */
export async function readLinkToken(services: Services, token: string): Promise<ReadLink | 'EXPIRED' | null> {
  if (token.length > longest) return null;
  try {
    const keys = createLocalJWKSet(await publicKeys(services.database, 'order-link'));
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer: issuerOf(services),
      audience,
      typ: type,
      currentDate: services.clock.now(),
      requiredClaims: ['sub', 'org', 'jti', 'exp'],
    });
    const { sub = '', jti: id = '', org: organisationId } = payload;
    const orderId = decodeId('Order', sub);
    if (orderId === null || !isUuid(id) || !isUuid(String(organisationId))) return null;
    return { id, organisationId: String(organisationId), orderId };
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code === 'ERR_JWT_EXPIRED') return 'EXPIRED';
    if (code.startsWith('ERR_J')) return null;
    throw error;
  }
}
