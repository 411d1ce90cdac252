import { join } from 'node:path';
import { startNats, startPostgres, stopNats, stopPostgres } from '@marquee/embedded';
import { LaunchError } from './config.ts';
import { supervise, type Supervised, type SuperviseOptions, type Worker } from './supervise.ts';

/** PostgreSQL or NATS: ours and supervised, or given and only named. */
export type Server = {
  /** Known once started. */
  url(): string;
  /** Null for a server that was given. */
  readonly supervised: Supervised | null;
};

export type NatsServer = Server & {
  /** Null before the start, and for a server that was given: its MQTT is whoever's it is. */
  mqttUrl(): string | null;
};

type ServerOptions = SuperviseOptions & { readonly home: string; readonly port: number };

export function embeddedPostgres(options: ServerOptions & { readonly superuserPassword: string }): Server {
  return embedded('postgres', options, (port) =>
    startPostgres({
      dataDirectory: postgresDirectory(options.home),
      port,
      logFile: join(options.home, 'logs', 'postgres.log'),
      superuserPassword: options.superuserPassword,
    }),
  );
}

/** With a listener for the MQTT of turnstiles, which keeps its port as well. */
export function embeddedNats(options: ServerOptions & { readonly mqttPort: number }): NatsServer {
  let mqttUrl: string | null = null;
  const server = embedded('nats', options, async (port) => {
    const running = await startNats({
      dataDirectory: natsDirectory(options.home),
      port,
      mqttPort: mqttUrl ? Number(new URL(mqttUrl).port) : options.mqttPort,
      logFile: join(options.home, 'logs', 'nats.log'),
    });
    if (mqttUrl && running.mqttUrl !== mqttUrl) {
      await running.stop();
      throw new LaunchError(`the port of ${mqttUrl} is taken`);
    }
    mqttUrl = running.mqttUrl;
    return running;
  });
  return { ...server, mqttUrl: () => mqttUrl };
}

export function givenServer(url: string): Server {
  return { url: () => url, supervised: null };
}

export function givenNats(url: string): NatsServer {
  return { ...givenServer(url), mqttUrl: () => null };
}

/** Ends what still runs on this home, whoever started it. */
export async function stopLeftServers(home: string): Promise<void> {
  await Promise.all([stopPostgres(postgresDirectory(home)), stopNats(natsDirectory(home))]);
}

/** Services were told the URL at their start, so the first start may choose the port and later ones must keep it. */
function embedded(
  name: string,
  options: ServerOptions,
  start: (port: number) => Promise<Worker & { readonly url: string; readonly port: number }>,
): Server {
  let kept: { readonly url: string; readonly port: number } | null = null;
  const launch = async (): Promise<Worker> => {
    const running = await start(kept?.port ?? options.port);
    if (kept && running.port !== kept.port) {
      await running.stop();
      throw new LaunchError(`port ${kept.port} is taken`);
    }
    kept = { url: running.url, port: running.port };
    return running;
  };
  return {
    url: () => {
      if (!kept) throw new LaunchError(`${name} has not started`);
      return kept.url;
    },
    supervised: supervise(name, launch, options),
  };
}

function postgresDirectory(home: string): string {
  return join(home, 'postgres');
}

function natsDirectory(home: string): string {
  return join(home, 'nats');
}
