import { spawn } from 'node:child_process';
import { identify } from './processes.ts';

export type Guard = {
  /** The processes to end should the launcher die without a word. */
  watch(pids: readonly number[]): void;
  dismiss(): void;
};

/** Services that lost their launcher drain for this long before their servers go. */
const graceSeconds = 3;

/**
 * `pid start-time` pairs come in, the last line counts. When the pipe breaks, whatever of them still runs gets SIGINT:
 * for PostgreSQL that is the fast shutdown.
 */
const script = `
while read -r line; do last=$line; done
[ -n "$last" ] || exit 0
sleep ${graceSeconds}
set -- $last
while [ $# -ge 2 ]; do
  now=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)
  [ "$now" = "$2" ] && kill -INT "$1" 2>/dev/null
  shift 2
done
exit 0`;

/**
 * A small shell that outlives a launcher killed with -9 and ends the embedded servers then; services notice by
 * themselves. The embedded servers run in sessions of their own and would otherwise stay until the next start.
 */
export function startGuard(): Guard {
  if (process.platform !== 'linux') return { watch: () => undefined, dismiss: () => undefined };
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  const write = (line: string) => child.stdin.writable && child.stdin.write(`${line}\n`);
  return {
    watch(pids) {
      write(pids.map((pid) => `${pid} ${identify(pid).startedAt}`).join(' '));
    },
    dismiss() {
      write('');
      child.stdin.end();
    },
  };
}
