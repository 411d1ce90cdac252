import { appendEvents, streamId } from '@marquee/event-log';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { Provider, type ClientMetadata, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { accountsById } from '../accounts/account-rows.ts';
import type { Services } from '../command.ts';
import { insertSession } from '../sessions/session-rows.ts';
import { secondFactorAcr } from '../sign-in/sign-in.ts';
import { claimsOfGrant } from './claims.ts';
import { IssuerStore } from './issuer-store.ts';
import type { SigningKeys } from './signing-keys.ts';

export const accessTokenSeconds = 300;
const sessionSeconds = 30 * 86_400;
export const audience = 'marquee';
export const explorerClientId = 'marquee-explorer';

/** What a completed sign-in hands to the issuer, beside the account. */
export type SignedIn = {
  readonly organisationId: string;
  readonly methods: readonly string[];
  /** Seconds since 1970; null where another issuer did not say when. */
  readonly provedAt: number | null;
  readonly address: string | null;
  readonly agent: string | null;
};

/** Where the issuer is, as tokens name it. */
export function issuerOf({ publicUrl }: Pick<Services, 'publicUrl'>): string {
  return `${publicUrl}/oidc`;
}

function explorerClient(publicUrl: string): ClientMetadata {
  return {
    client_id: explorerClientId,
    client_name: 'Marquee explorer',
    application_type: publicUrl.startsWith('https:') ? 'web' : 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${publicUrl}/explorer`],
    post_logout_redirect_uris: [`${publicUrl}/explorer`],
  };
}

/** A new grant, with the session that it stands for: row, event, and all that the tokens may say. */
async function beginSession(services: Services, ctx: KoaContextWithOIDC, signedIn: SignedIn) {
  const { database, onCommit } = services;
  const { client, session, provider } = ctx.oidc;
  const subject = session!.accountId!;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: subject });
  grant.addOIDCScope('openid profile email offline_access');
  grant.addResourceScope(resourceOf(services), 'graph');
  const grantId = await grant.save();
  const [id, accountId] = [newUuid(), decodeId('Account', subject)!];
  await database.transaction({ organisationId: signedIn.organisationId }, async (tx) => {
    const expiresAt = new Date(services.clock.now().getTime() + sessionSeconds * 1000);
    const provedAt = signedIn.provedAt ? new Date(signedIn.provedAt * 1_000) : null;
    const of = { accountId, grantId, clientId: client!.clientId };
    await insertSession(tx, { ...signedIn, ...of, id, provedAt, expiresAt });
    await appendEvents(tx, {
      streamId: streamId('session', id),
      expectedVersion: 'none',
      events: [
        {
          type: 'identity.session-started.v1',
          data: { sessionId: id, accountId, methods: [...signedIn.methods] },
        },
      ],
    });
    tx.afterCommit(onCommit);
  });
  return grant;
}

/** The graph, as the resource that tokens are for. */
export function resourceOf({ publicUrl }: Pick<Services, 'publicUrl'>): string {
  return `${publicUrl}/graphql`;
}

function configurationOf(
  services: Services,
  { keys }: SigningKeys,
  clients: readonly ClientMetadata[],
): Configuration {
  const { database, secrets, publicUrl } = services;
  return {
    adapter: (model: string) => new IssuerStore(database, model),
    acrValues: [secondFactorAcr],
    clients: [explorerClient(publicUrl), ...clients],
    jwks: { keys: keys as NonNullable<Configuration['jwks']>['keys'] },
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
    cookies: { keys: [secrets.cookieKey], long: { signed: true, path: '/' }, short: { signed: true } },
    claims: { openid: ['sub', 'sid'], profile: ['name'], email: ['email', 'email_verified'] },
    extraParams: ['organisation'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    clientBasedCORS: () => true, // no cookie or credential of a browser counts at the token end-point
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId,
      },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resourceOf(services),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'graph',
          audience,
          accessTokenTTL: accessTokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'EdDSA' } },
        }),
      },
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 3_600,
      Interaction: 3_600,
      // Each rotation begins anew, up to the end of the session, whose row judges.
      RefreshToken: sessionSeconds,
      Session: 14 * 86_400,
      Grant: sessionSeconds,
    },
    findAccount: (_ctx, subject, token) => findAccount(services, subject, token),
    loadExistingGrant: async (ctx) => {
      const signedIn = ctx.oidc.result?.['signedIn'] as SignedIn | undefined;
      // Without a fresh sign-in there is none: organisation and second factor are asked for again.
      return signedIn ? beginSession(services, ctx, signedIn) : undefined;
    },
    extraTokenClaims: async (_ctx, token) => {
      const claims =
        'grantId' in token && token.grantId ? await claimsOfGrant(database, token.grantId) : null;
      return claims ? { ...claims } : undefined;
    },
    renderError: (ctx, out) => {
      ctx.type = 'text/plain; charset=utf-8';
      ctx.body = `This cannot go on: ${out.error_description ?? out.error}\nBegin again where you wanted to sign in.\n`;
    },
  };
}

async function findAccount(
  { database }: Services,
  subject: string,
  token?: { readonly grantId?: string | undefined } | undefined,
) {
  const id = decodeId('Account', subject);
  if (id === null) return undefined;
  // A session that ended takes its refresh tokens with it, whatever is left of them.
  if (token?.grantId && !(await claimsOfGrant(database, token.grantId))) return undefined;
  const [account] = await database.read(systemScope, (tx) => accountsById(tx, [id]));
  if (!account) return undefined;
  return {
    accountId: encodeId('Account', account.id),
    claims: async () => ({
      sub: encodeId('Account', account.id),
      name: account.name,
      email: account.email,
      email_verified: account.emailVerifiedAt !== null,
    }),
  };
}

/** The OpenID provider over these keys. Made anew when the keys change: all that it keeps is in the database. */
export function createIssuer(
  services: Services,
  keys: SigningKeys,
  clients: readonly ClientMetadata[] = [],
): Provider {
  const provider = new Provider(issuerOf(services), configurationOf(services, keys, clients));
  provider.proxy = true; // the route says which host and protocol it was: no header of the caller does
  return provider;
}
