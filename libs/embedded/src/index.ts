export { EmbeddedServerError } from './error.ts';
export { startNats, stopNats, type RunningNats } from './nats.ts';
export { findFreePort } from './port.ts';
export { startPostgres, stopPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
