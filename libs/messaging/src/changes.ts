import type { RecordedEvent } from '@marquee/event-log';
import { isUuid } from '@marquee/kernel';
import type { NatsConnection } from 'nats';
import { onNewConnection, type Link } from './link.ts';
import type { Topology } from './topology.ts';

/** What changed in one organisation: ids alone, nothing of what the events say. */
export type Changes = {
  readonly service: string;
  readonly organisationId: string;
  /**
   * By event type: the uuids of the streams and of all that the events name (`occurrenceId`, `seatIds`). `*` stands
   * for too many to list: anything of that type may have changed.
   */
  readonly ids: Readonly<Record<string, readonly string[] | '*'>>;
};

export type ChangesListener = {
  readonly onChanges: (changes: Changes) => void;
  /** Something may have been missed: called with each connection to NATS, the first included. */
  readonly onGap: () => void;
};

/** As many as the relay reads at a time: it is behind. */
const mostEvents = 1000;
const mostIds = 1000;
const uuidLength = 36;
const encoder = new TextEncoder();

/** Adds the uuids that an event names at the top of its data, in `…Id` and `…Ids`, and that of its stream. */
function addIds(ids: Set<string>, { streamId, data }: RecordedEvent['event']): void {
  const add = (value: unknown) => {
    if (typeof value === 'string' && value.length === uuidLength && isUuid(value)) ids.add(value);
  };
  add(streamId.slice(-uuidLength));
  const fields = data as Record<string, unknown>;
  for (const field in fields) {
    const value = fields[field];
    if (field.endsWith('Id')) add(value);
    else if (field.endsWith('Ids') && Array.isArray(value)) value.forEach(add);
  }
}

/**
 * Changes by organisation, each id once. Of very many events only the types are told: whoever catches up with them has
 * everything to look at anew, and to name it all was a fifth of the relay's work.
 */
export function summarise(service: string, entries: readonly Pick<RecordedEvent, 'event'>[]): Changes[] {
  const named = entries.length < mostEvents;
  const byOrganisation = new Map<string, Map<string, Set<string>>>();
  for (const { event } of entries) {
    let byType = byOrganisation.get(event.organisationId);
    if (!byType) byOrganisation.set(event.organisationId, (byType = new Map()));
    let ids = byType.get(event.type);
    if (!ids) byType.set(event.type, (ids = new Set()));
    if (named) addIds(ids, event);
  }
  return [...byOrganisation].map(([organisationId, byType]) => {
    const ids = [...byType].map(
      ([type, set]) => [type, named && set.size <= mostIds ? [...set] : '*'] as const,
    );
    return { service, organisationId, ids: Object.fromEntries(ids) };
  });
}

/**
 * Tells who listens what a batch of the log changes, before the batch goes to the stream: a relay that dies in between
 * publishes the batch again, and tells again. Core NATS and ids only; nobody is waited for.
 */
export function announceChanges(
  connection: NatsConnection,
  topology: Topology,
  service: string,
  entries: readonly RecordedEvent[],
): void {
  for (const changes of summarise(service, entries)) tellChanges(connection, topology, changes);
}

/** One message to whoever listens to changes. */
export function tellChanges(
  connection: NatsConnection,
  topology: Topology,
  { service, organisationId, ids }: Changes,
): void {
  connection.publish(topology.changes(service, organisationId), encoder.encode(JSON.stringify(ids)));
}

/** Hears the changes of all services, for as long as the link lives. */
export function listenToChanges(link: Link, topology: Topology, listener: ChangesListener): void {
  const prefix = topology.changes('', '').slice(0, -1);
  onNewConnection(link, (connection) => {
    connection.subscribe(topology.changes('*', '*'), {
      callback: (error, message) => {
        if (error) return listener.onGap();
        const [service = '', organisationId = ''] = message.subject.slice(prefix.length).split('.');
        const ids = parseIds(message.string());
        if (ids) listener.onChanges({ service, organisationId, ids });
        else listener.onGap();
      },
    });
  });
  // After the subscription above: what is missed until it is heard by the server is covered by this gap.
  link.onUp((connection) => void connection.flush().then(listener.onGap, () => undefined));
}

function parseIds(text: string): Changes['ids'] | null {
  try {
    return JSON.parse(text) as Changes['ids'];
  } catch {
    return null;
  }
}
