export { EmbeddedServerError } from './error.ts';
export { startNats, type RunningNats } from './nats.ts';
export { findFreePort } from './port.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts';
