/** The environment of a reader's shell whose platform lives in this home. */
export function tourEnvironment(home: string): NodeJS.ProcessEnv {
  // Jest's own flags are not for the reader's Node.
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { ...env, MARQUEE_HOME: home };
}
