import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../charts/helm.ts';
import { startChild, type Child } from './child.ts';
import { isPatched, type Fault } from './faults.ts';
import type { Track } from './rendered.ts';

/** What this machine has in place of a cluster's addresses and Secrets. */
export type Place = {
  readonly service: string;
  readonly port: number;
  /** The checkout that it runs from. */
  readonly directory: string;
  readonly logFile: string;
  /** Over what the chart gives a pod. */
  readonly environment: Readonly<Record<string, string>>;
  readonly fault: Fault;
};

export type Pod = {
  readonly port: number;
  readonly readyUrl: string;
  readonly child: () => Child;
  /** As a pod ends once it is out of the endpoints: the pause of its preStop, then SIGTERM and all that it still has to answer. */
  stop(): Promise<void>;
};

/** The environment that the chart gives a pod, where this machine does not say otherwise. */
function environmentOf(track: Track, { port, environment }: Place): Record<string, string> {
  // Addresses within a cluster lead nowhere here, the broker's among them: who is given none does without.
  const kept = Object.entries(track.environment).filter(
    ([name]) => !/^([A-Z]+_URL|MARQUEE_\w+_FILE)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOST: '127.0.0.1',
    PORT: `${port}`,
    LOG_LEVEL: 'error',
    ...environment,
  };
}

/** One process for all pods of a track. One that is killed is started again after a second, as a kubelet does. */
export function startPod(track: Track, place: Place): Pod {
  const hook = pathToFileURL(join(import.meta.dirname, 'fault-hook.ts'));
  hook.searchParams.set('fault', place.fault);
  const start = () =>
    startChild(
      process.execPath,
      [
        ...(isPatched(place.fault) ? ['--import', hook.href] : []),
        join(place.directory, 'apps', place.service, 'src/main.ts'),
        // Not for it: whoever clears up after a rehearsal that was killed finds it by this.
        place.logFile,
      ],
      { env: environmentOf(track, place), logFile: place.logFile },
    );
  let child = start();
  let stopping = false;
  const again = () =>
    void child.ended.then(() => {
      if (stopping) return;
      setTimeout(() => {
        if (stopping) return;
        child = start();
        again();
      }, 1_000).unref();
    });
  again();
  return {
    port: place.port,
    readyUrl: `http://127.0.0.1:${place.port}${track.readyPath}`,
    child: () => child,
    stop: async () => {
      stopping = true;
      await child.stop();
    },
  };
}

/** The gateway's own source is that of this checkout in both versions: what changes is its supergraph. */
export const gatewayDirectory = root;
