import { newUuid } from '@marquee/kernel';
import { onNewConnection, type Link } from './link.ts';
import type { Topology } from './topology.ts';

/** How the processes of one service tell each other what they only count or remember: at most once, nothing kept. */
export type Channel = {
  /** To all others that listen now; lost where NATS is not connected. JSON. */
  send(message: unknown): void;
  /** Hears the others, never this process. */
  listen(listener: (message: unknown) => void): void;
};

const encoder = new TextEncoder();

export function openChannel(link: Link, topology: Topology, service: string, name: string): Channel {
  const self = newUuid();
  const prefix = topology.channel(service, name);
  return {
    send: (message) => link.current()?.publish(`${prefix}.${self}`, encoder.encode(JSON.stringify(message))),
    listen: (listener) =>
      onNewConnection(link, (connection) => {
        connection.subscribe(`${prefix}.*`, {
          callback: (error, message) => {
            if (error || message.subject.endsWith(self)) return;
            try {
              listener(message.json());
            } catch {
              // No process of this service sends such a thing; what it would say is lost, as any message may be.
            }
          },
        });
      }),
  };
}
