/** What a peer's process is started with: ours, in production mode, and nothing is reported to its vendor. */
export const peerEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: 'true',
};
