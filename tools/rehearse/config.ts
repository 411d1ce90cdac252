/** What children inherit: where programs are, and nothing else. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return { PATH: env['PATH'] ?? '' };
}
