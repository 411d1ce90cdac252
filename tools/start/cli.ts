import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { LaunchError, readEnvironment } from './config.ts';
import { help, parseCommandLine, type CommandLine } from './options.ts';
import type { PlatformOptions, Progress, RunningPlatform } from './platform.ts';
import { jsonLine, readyText } from './ready-text.ts';
import { whenStarterEnds } from './starter.ts';

const begunAt = performance.now();

/**
 * The whole command: parses, starts, prints, waits for a signal and stops. Answers the exit code. `root` is the
 * workspace to run; only tests have another one than ours.
 */
export async function runLauncher(args: readonly string[], root: string): Promise<number> {
  // A closed terminal takes its output with it; the drain goes on without.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return launch(args, root).catch((error: unknown) => {
    process.stderr.write(`\n${explain(error)}\n`);
    return 1;
  });
}

async function launch(args: readonly string[], root: string): Promise<number> {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const { forServices, ...environment } = readEnvironment(root);
  if (commandLine.reset && !commandLine.yes && !(await confirmReset(environment.home))) return 1;

  const { port, host, demo, watch, reset, json } = commandLine;
  const stopRequest = new AbortController();
  const options: PlatformOptions = {
    ...environment,
    root,
    ...(port === undefined ? {} : { port }),
    ...(host ? { host } : {}),
    demo,
    watch,
    reset,
    env: forServices,
    report: (progress) => say(commandLine, formatProgress(progress)),
    signal: stopRequest.signal,
  };
  say(commandLine, 'Starting Marquee …');
  const asked = askedToStop(stopRequest);
  enableCompileCache(join(environment.home, 'compile-cache'));
  // Imported this late so that --help and a fault of the command line answer at once.
  const { startPlatform } = await import('./platform.ts');
  const platform = await startPlatform(options).catch((error: unknown) => {
    if (stopRequest.signal.aborted) return null;
    throw error;
  });
  if (!platform) return 0;
  if (!stopRequest.signal.aborted) announce(platform, json, root);
  await asked;
  return stop(commandLine, platform);
}

function announce(platform: RunningPlatform, json: boolean, root: string): void {
  const seconds = (performance.now() - begunAt) / 1000;
  process.stdout.write(`${json ? jsonLine(platform, seconds) : readyText(platform, seconds, root)}\n`);
}

/** One Ctrl-C arrives twice, from the terminal and through npm; only one after this counts as a second request. */
const sameRequestMs = 1_000;

/** A second request ends everything without draining. */
async function stop(commandLine: CommandLine, platform: RunningPlatform): Promise<number> {
  say(commandLine, '\nStopping: requests under way are finished first. Once more to end at once.');
  const from = performance.now();
  for (const signal of stopSignals) {
    process.on(signal, () => {
      if (performance.now() - from < sameRequestMs) return;
      platform.abandon();
      process.exit(1);
    });
  }
  await platform.stop();
  say(commandLine, `Stopped (${((performance.now() - from) / 1000).toFixed(1)} s).`);
  return 0;
}

/** A closed terminal says SIGHUP. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** By a signal, or by the end of the npm that started us. */
function askedToStop(request: AbortController): Promise<void> {
  return new Promise((resolve) => {
    const ask = () => {
      for (const signal of stopSignals) process.removeAllListeners(signal).on(signal, () => undefined);
      request.abort();
      resolve();
    };
    for (const signal of stopSignals) process.once(signal, ask);
    whenStarterEnds(ask);
  });
}

async function confirmReset(home: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new LaunchError('--reset deletes all data; without a terminal to ask, add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete all data, keys and logs in ${home}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function say({ json }: CommandLine, line: string): void {
  (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function formatProgress({ kind, text, ms }: Progress): string {
  const time = ms === undefined ? '' : `  ${(ms / 1000).toFixed(1)} s`;
  return kind === 'trouble' ? `  ! ${text}` : `  ✓ ${text}${time}`;
}

/** A person needs no stack for what a person can mend. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = ['LaunchError', 'EmbeddedServerError'].includes(error.name);
  return known ? error.message : (error.stack ?? error.message);
}
