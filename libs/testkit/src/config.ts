/** The only place of this library that reads the environment. */
export type TestEnvironment = {
  /** Servers given by hand, such as CI's own; then none are started. */
  readonly postgresUrl: string | undefined;
  readonly natsUrl: string | undefined;
  /** Socket of the process that starts servers for this run on demand. */
  readonly hostSocket: string | undefined;
  /** Names the run's databases. */
  readonly run: string;
  /** Many more repetitions: `npm run soak`. */
  readonly soak: boolean;
};

export function testEnvironment(): TestEnvironment {
  return {
    postgresUrl: process.env['MARQUEE_TEST_POSTGRES_URL'],
    natsUrl: process.env['MARQUEE_TEST_NATS_URL'],
    hostSocket: process.env['MARQUEE_TEST_SERVERS'],
    run: process.env['MARQUEE_TEST_RUN'] ?? 'alone',
    soak: process.env['MARQUEE_SOAK'] === '1',
  };
}
