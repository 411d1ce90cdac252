import type { DomainEvent } from '@marquee/contracts';
import type { RecordedEvent } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import { aroundAll, LeftOutError } from './around.ts';
import type { Context } from './context.ts';
import { publishInOrder, type PublishTarget } from './publish.ts';
import { sourceOf, toOutgoing } from './topology.ts';

/** Publishes what was read from the log, inside the service's interceptors; answers the sequence of the last. */
export async function publishEntries(
  { topology, service, interceptors }: Context,
  target: PublishTarget,
  entries: readonly RecordedEvent[],
  lastSequence: number,
): Promise<number> {
  let sequence = lastSequence;
  const put = async (events: readonly DomainEvent[]) => {
    if (events.length !== entries.length) throw new LeftOutError('an interceptor left out an event');
    const outgoing = events.map((event, index) => {
      assert(
        sourceOf(event.type) === service,
        `${event.type} (${event.id}) does not belong into the log of ${service}`,
      );
      return toOutgoing(topology, event, entries[index]!.position);
    });
    sequence = await publishInOrder(target, outgoing, sequence);
  };
  await aroundAll(
    interceptors.publish,
    entries.map(({ event }) => event),
    put,
  );
  return sequence;
}
