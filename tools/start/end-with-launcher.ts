// Loaded into every service by `--import`: when the launcher is gone, however it went, the service drains and ends.
// The pipe between them is the only witness that a kill -9 cannot bribe.
const graceMs = 10_000;

process.channel?.unref();
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), graceMs).unref();
  process.kill(process.pid, 'SIGTERM');
});
