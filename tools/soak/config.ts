/** What the tests of a soak are told beside everything of ours. */
export const soakEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, MARQUEE_SOAK: '1' });
