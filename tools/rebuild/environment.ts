import type { Environment } from '../start/config.ts';
import { databaseName } from '../start/databases.ts';
import type { RunningServers } from '../start/run-state.ts';

/** What the service's rebuild command needs: its database as the application role, and NATS. */
export function rebuildEnvironment(
  service: string,
  environment: Environment,
  servers: RunningServers,
  passwordFor: (role: string) => string,
): Record<string, string> {
  const database = databaseName(service);
  const url = new URL(servers.postgresUrl);
  url.username = `${database}_app`;
  url.password = encodeURIComponent(passwordFor(url.username));
  url.pathname = `/${database}`;
  return {
    ...environment.forServices,
    DATABASE_URL: url.toString(),
    NATS_URL: environment.natsUrl ?? servers.natsUrl,
    NATS_NAMESPACE: environment.natsNamespace ?? 'marquee',
    LOG_LEVEL: environment.logLevel ?? 'warn',
  };
}
