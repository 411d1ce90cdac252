import { createEventBus, type BusFault, type EventBus, type EventBusOptions } from '@marquee/event-bus';
import type { DomainEvent, EventType, NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';

export type RecordedBus = EventBus & {
  /** Everything that was published, in order, as the subscriptions get it. */
  readonly published: readonly DomainEvent[];
  /** Every fault of a handler. */
  readonly faults: readonly BusFault[];
  /** What was published of one type. */
  of<Type extends EventType>(type: Type): readonly DomainEvent<Type>[];
  /** Publishes an event in an envelope of its own, and answers it as it was published. */
  tell<Type extends EventType>(
    event: NewEvent<Type>,
    envelope?: Partial<Omit<DomainEvent, 'type' | 'data'>>,
  ): Promise<DomainEvent<Type>>;
  /** Forgets what was recorded. */
  forget(): void;
};

/** A bus that writes down what goes over it. A fault is recorded, not thrown: assert that there are none. */
export function recordedBus(options: Partial<EventBusOptions> = {}): RecordedBus {
  const published: DomainEvent[] = [];
  const faults: BusFault[] = [];
  const bus = createEventBus({
    ...options,
    publish: [
      ...(options.publish ?? []),
      async (event, next) => {
        published.push(event);
        await next();
      },
    ],
    onFault: (fault) => {
      faults.push(fault);
      options.onFault?.(fault);
    },
  });
  return {
    ...bus,
    published,
    faults,
    of: <Type extends EventType>(type: Type) =>
      published.filter((event) => event.type === type) as unknown as DomainEvent<Type>[],
    tell: async <Type extends EventType>(
      event: NewEvent<Type>,
      envelope: Partial<Omit<DomainEvent, 'type' | 'data'>> = {},
    ) => {
      const logged = { ...logEnvelope(), ...envelope, ...event } as unknown as DomainEvent<Type>;
      await bus.publish(logged as unknown as DomainEvent);
      return logged;
    },
    forget: () => {
      published.length = 0;
      faults.length = 0;
    },
  };
}

/** What the log would add, the same organisation and cause unless told otherwise. */
function logEnvelope(): Omit<DomainEvent, 'type' | 'data'> {
  return {
    id: newUuid(),
    streamId: `test-${newUuid()}`,
    version: 1,
    organisationId: '01980000-0000-7000-8000-0000000000aa',
    occurredAt: '2027-03-20T19:00:00.000Z',
    correlationId: 'test',
    actor: 'test',
  };
}
