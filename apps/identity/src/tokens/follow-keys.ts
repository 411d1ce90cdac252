import { repeat } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import type { ClientMetadata, Provider } from 'oidc-provider';
import type { Services } from '../command.ts';
import { createIssuer } from './issuer.ts';
import { loadSigningKeys } from './signing-keys.ts';

const everyMs = 15_000;

export type FollowedKeys = {
  /** The issuer with the keys of now. Throws until they could be read once: the database was down from the start. */
  issuer(): Provider;
  /** Reads the keys now. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
};

/** The issuer over the keys that are in the database, made anew whenever they change, by whichever instance. */
export function followKeys(
  services: Services,
  clients: readonly ClientMetadata[],
  logger: Logger,
): FollowedKeys {
  let current: { readonly kids: string; readonly provider: Provider } | undefined;
  const refresh = async () => {
    const keys = await loadSigningKeys(services);
    const kids = keys.kids.join(' ');
    if (current?.kids !== kids) current = { kids, provider: createIssuer(services, keys, clients) };
  };
  const following = repeat({
    everyMs,
    work: refresh,
    onError: (error) => logger.warn({ error }, 'signing keys could not be read this time'),
  });
  return {
    issuer: () => {
      if (!current) throw new Error('the signing keys were not read yet');
      return current.provider;
    },
    refresh,
    stop: () => following.stop(),
  };
}
