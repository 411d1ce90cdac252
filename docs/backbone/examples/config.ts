/** Servers to use instead of ones started for the example alone: how CI saves time. */
export const servers = {
  postgresUrl: process.env['EXAMPLE_POSTGRES_URL'],
  natsUrl: process.env['EXAMPLE_NATS_URL'],
};
