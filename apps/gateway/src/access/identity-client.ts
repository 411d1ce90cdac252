import type { Flags } from '@marquee/flags';
import { createOutbound } from '@marquee/outbound';
import { serviceViewer, signViewer, viewerHeader, type Viewer } from '@marquee/subgraph';
import type { Logger, Metrics } from '@marquee/telemetry';
import type { JSONWebKeySet } from 'jose';

/** What identity revoked and no token says: of a session, or of an account within its organisation. */
export type Revocation = {
  readonly kind: 'session' | 'account';
  /** Wire id. */
  readonly subject: string;
  readonly organisationId: string;
  readonly revokedAt: string;
};

export type VerifiedKey = { readonly viewer: Viewer; readonly networks: readonly string[] | null };

/** Identity, as far as a gateway must ask it. Each throws where it does not answer. */
export type IdentityClient = {
  keys(): Promise<JSONWebKeySet>;
  revocations(): Promise<readonly Revocation[]>;
  /** Null for a key that is good for nothing. */
  verifyKey(key: string): Promise<VerifiedKey | null>;
  close(): Promise<void>;
};

/** The gateway asks in nobody's name and for no organisation. */
const noOrganisation = '00000000-0000-0000-0000-000000000000';
const timeoutMs = 3_000;

export function createIdentityClient(options: {
  /** `http://host:port/graphql`: its graph, beside which the rest is. */
  readonly url: string;
  readonly internalSecret: string;
  readonly flags?: Pick<Flags, 'isOn'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}): IdentityClient {
  const { url, internalSecret, flags, logger, metrics } = options;
  const name = 'identity access';
  const isOn = () => flags?.isOn('breakers', name) ?? true;
  const outbound = createOutbound({
    name,
    timeoutMs,
    breaker: { volumeThreshold: 5, resetTimeoutMs: 1_000, isOn },
    retry: { attempts: 2, safe: true },
    logger,
    metrics,
  });
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const response = await outbound.fetch(new URL(path, url), {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        [viewerHeader]: signViewer(serviceViewer('gateway', noOrganisation), internalSecret),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status !== 200) throw new Error(`identity answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  };
  return {
    keys: () => ask('/internal/keys'),
    revocations: async () => (await ask<{ revocations: Revocation[] }>('/internal/revocations')).revocations,
    verifyKey: async (key) =>
      (await ask<{ verified: VerifiedKey | null }>('/internal/api-keys/verify', { key })).verified,
    close: () => outbound.close(),
  };
}
