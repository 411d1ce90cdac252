export { EmbeddedServerError } from './error.ts';
export { giveToPostgres } from './account.ts';
export { startNats, stopNats, type NatsCluster, type RunningNats } from './nats.ts';
export { findFreePort } from './port.ts';
export { startPostgres, stopPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
