import { findFreePort } from '@marquee/embedded';
import { LaunchError } from './config.ts';
import { defaultPort, gateway } from './services.ts';

export type Ports = {
  readonly services: Readonly<Record<string, number>>;
  /** Preferences only: an embedded server takes another port when it must. */
  readonly postgres: number;
  readonly nats: number;
  readonly mqtt: number;
};

/**
 * The gateway's port as asked, the services on those after it, the servers on +90 to +92; where one is taken, any
 * free one. 0 asks for free ones throughout, as tests do. Only a port that was asked for by number must be free.
 */
export async function choosePorts(services: readonly string[], asked: number | undefined): Promise<Ports> {
  const base = asked ?? defaultPort;
  const chosen: Record<string, number> = {};
  const others = services.filter((name) => name !== gateway);
  for (const [index, name] of [gateway, ...others].entries()) {
    chosen[name] = await freePort(base === 0 ? 0 : base + index, new Set(Object.values(chosen)));
  }
  if (asked && chosen[gateway] !== asked) {
    throw new LaunchError(
      `Port ${asked} is taken by another program: free it, or choose another with --port.`,
    );
  }
  const [postgres, nats, mqtt] = [90, 91, 92].map((more) => (base === 0 ? 0 : base + more)) as [
    number,
    number,
    number,
  ];
  return { services: chosen, postgres, nats, mqtt };
}

/** The system may offer the same free port twice while nobody listens on it yet. */
async function freePort(preferred: number, taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = await findFreePort(attempt === 0 ? preferred : 0);
    if (!taken.has(port)) return port;
  }
  throw new LaunchError('No free port was found on 127.0.0.1.');
}
