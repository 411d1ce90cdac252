import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LaunchError } from './config.ts';
import { openLog } from './log-file.ts';
import { nodeOptions, v8Flags } from './node-options.ts';
import { endProcesses, identify, sendSignal } from './processes.ts';
import type { Worker } from './supervise.ts';

/** A service gets this long to drain before it is killed. */
const drainMs = 15_000;

export type ServiceCommand = {
  readonly name: string;
  readonly root: string;
  /** The file to run. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Modules to load before it, such as the OpenTelemetry registration. */
  readonly imports: readonly string[];
};

/**
 * Starts one service as it runs in production: its own Node, its own environment. It gets a process group of its own,
 * because a Ctrl-C must not reach it before the gateway has drained.
 */
export async function startService(command: ServiceCommand): Promise<Worker> {
  const log = openLog(command.logFile);
  const imports = [join(import.meta.dirname, 'end-with-launcher.ts'), ...command.imports];
  const flags = imports.flatMap((path) => ['--import', pathToFileURL(path).href]);
  const child = spawn(process.execPath, [...v8Flags, ...flags, command.main], {
    cwd: command.root,
    env: { NODE_OPTIONS: nodeOptions, ...command.env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exited = new Promise<number | null>((ended) => child.once('exit', (code) => ended(code)));
  const spawned = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new LaunchError(`${command.name} could not be started`, { cause })),
    );
  });
  await spawned;
  const pid = child.pid!;
  const identity = identify(pid);
  return {
    pid,
    exited,
    async stop() {
      // One who was stopped (SIGSTOP) cannot hear a SIGTERM.
      sendSignal(-pid, 'SIGCONT');
      await endProcesses([identity], drainMs);
      await exited;
    },
  };
}
