import { expect, test } from '@jest/globals';
import { rebuildEnvironment } from './environment.ts';

const servers = {
  postgresUrl: 'postgres://127.0.0.1:5444/postgres?sslmode=disable',
  natsUrl: 'nats://127.0.0.1:4223',
};
const environment = { home: '/home', forServices: { PATH: '/bin' } };
const passwordFor = (role: string) => `p@ss of ${role}`;

test("a rebuild gets the service's own database as the application role, on the running servers", () => {
  expect(rebuildEnvironment('analytics', environment, servers, passwordFor)).toEqual({
    PATH: '/bin',
    DATABASE_URL:
      'postgres://marquee_analytics_app:p%40ss%20of%20marquee_analytics_app@127.0.0.1:5444/marquee_analytics?sslmode=disable',
    NATS_URL: 'nats://127.0.0.1:4223',
    NATS_NAMESPACE: 'marquee',
    LOG_LEVEL: 'warn',
  });
});

test('a NATS server, namespace or log level that was given is used', () => {
  const given = {
    ...environment,
    natsUrl: 'nats://me:secret@nats',
    natsNamespace: 'blue',
    logLevel: 'debug',
  };
  expect(rebuildEnvironment('analytics', given, servers, passwordFor)).toMatchObject({
    NATS_URL: 'nats://me:secret@nats',
    NATS_NAMESPACE: 'blue',
    LOG_LEVEL: 'debug',
  });
});
