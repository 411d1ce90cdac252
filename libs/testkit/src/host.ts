import { openServerHost, sweepDeadHosts } from './server-host.ts';

/**
 * The process beside a Jest run that owns its servers, started by tools/test/global-setup.mjs: prints where it listens
 * and ends with its standard input. The kernel closes that also when the run is killed, so nothing is left behind.
 */
const host = await openServerHost(process.pid);
const end = () => void host.close().then(() => process.exit(0));
process.stdin.resume().once('end', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
process.stdout.write(`${host.socketPath}\n`);
await sweepDeadHosts();
