/** Ends what global-setup.mjs started, and waits until it is gone. */
export default async function globalTeardown() {
  const host = globalThis.marqueeTestHost;
  if (host && host.exitCode === null) {
    host.ref();
    const exited = new Promise((resolve) => host.once('exit', resolve));
    host.stdin.end();
    await exited;
  }
  if (process.env.MARQUEE_TEST_POSTGRES_URL) {
    const { dropTestDatabases } = await import('../../libs/testkit/src/database.ts');
    await dropTestDatabases(process.env.MARQUEE_TEST_POSTGRES_URL, process.env.MARQUEE_TEST_RUN);
  }
}
