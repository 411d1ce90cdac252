import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AddressRule } from './addresses.ts';
import { literalOf } from './target-url.ts';

/** The address that a name led to, or that was written out, is none that webhooks may go to. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'FORBIDDEN_ADDRESS';

  constructor() {
    super('the address is not one that webhooks may be sent to');
  }
}

/** All addresses of a name, as `dns.lookup` with `all`; another in tests of rebinding. */
export type LookupAll = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const lookupByDns: LookupAll = (host, done) => lookup(host, { all: true, verbatim: true }, done);

/**
 * Connections to permitted addresses alone. Three looks: at a literal, which asks no DNS; at each address that a name
 * has right now, so that what was right when the endpoint was made may have changed since (rebinding); and at the other
 * end of the connection, lest anything between came to another result. Nothing is sent before the last.
 */
export function createGuardedAgent(options: {
  readonly rule: AddressRule;
  readonly connectTimeoutMs: number;
  readonly lookupAll?: LookupAll;
}): Agent {
  const { rule, lookupAll = lookupByDns } = options;
  const connectorFor = (protocol: string) =>
    buildConnector({
      timeout: options.connectTimeoutMs,
      lookup: guardedLookup(rule, protocol, lookupAll),
      autoSelectFamily: true,
    });
  const connectors: Readonly<Record<string, buildConnector.connector>> = {
    'http:': connectorFor('http:'),
    'https:': connectorFor('https:'),
  };
  return new Agent({
    // To one origin as many as there are attempts, which are counted by endpoint: behind one host (a service that takes
    // webhooks for thousands) an endpoint that hangs would else take the others' places.
    connections: null,
    pipelining: 1,
    // The deadline of an exchange is the caller's, and stricter.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 10_000,
    connect: (target, done) => {
      const literal = literalOf(target.hostname);
      if (literal !== null && !rule.permits(literal, target.protocol))
        return done(new ForbiddenAddressError(), null);
      return connectors[target.protocol]!(target, (...[error, socket]) => {
        if (error) return done(error, null);
        if (rule.permits(socket.remoteAddress ?? '', target.protocol)) return done(null, socket);
        socket.destroy();
        return done(new ForbiddenAddressError(), null);
      });
    },
  });
}

function guardedLookup(rule: AddressRule, protocol: string, lookupAll: LookupAll): LookupFunction {
  return (host, { all }, done) =>
    lookupAll(host, (error, addresses) => {
      if (error) return done(error, []);
      const permitted = addresses.filter(({ address }) => rule.permits(address, protocol));
      const [first] = permitted;
      if (!first) return done(new ForbiddenAddressError(), []);
      return all ? done(null, permitted) : done(null, first.address, first.family);
    });
}
