import {
  errorAnswer,
  parseJsonBody,
  verifyViewer,
  viewerHeader,
  type HttpAnswer,
  type HttpRoute,
} from '@marquee/subgraph';
import { encodeId } from '@marquee/kernel';
import type { Services } from './command.ts';
import { verifyKey } from './keys/verify-key.ts';
import { recentRevocations } from './sessions/revocations.ts';
import { accessTokenSeconds } from './tokens/issuer.ts';
import { publicKeys } from './tokens/signing-keys.ts';

const json = (body: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** What gateways ask, and nobody else: each request is signed as a service's. The gateway passes none of it on. */
export function createInternalRoutes(services: Services, internalSecret: string): Record<string, HttpRoute> {
  const guarded =
    (route: HttpRoute): HttpRoute =>
    async (exchange) => {
      const verified = verifyViewer(exchange.headers[viewerHeader], internalSecret);
      if (verified.ok && verified.viewer.subject === 'service:gateway') return route(exchange);
      return errorAnswer(401, 'UNAUTHENTICATED', 'This is for gateways alone.', exchange.correlationId);
    };
  return {
    '/internal/keys': guarded(async () => json(await publicKeys(services.database))),
    // Twice the life of a token: a clock may be behind, and who is late misses nothing.
    '/internal/revocations': guarded(async () =>
      json({
        revocations: (await recentRevocations(services.database, accessTokenSeconds * 2)).map((each) => ({
          ...each,
          subject: encodeId(each.kind === 'session' ? 'SignInSession' : 'Account', each.subject),
        })),
      }),
    ),
    '/internal/api-keys/verify': guarded(async (exchange) => {
      const { key } = parseJsonBody(await exchange.body()) as { readonly key?: unknown };
      return json({ verified: typeof key === 'string' ? await verifyKey(services, key) : null });
    }),
  };
}
