import type { DomainEvent, EventData, EventType } from '@marquee/contracts';
import type { Money } from '@marquee/kernel';
import type { Handlers } from '@marquee/messaging';
import { applyChange, type Generation } from './apply-change.ts';
import { changeOf, type SalesChange } from './change.ts';

type Moved = Partial<Omit<SalesChange, 'occurrenceId' | 'at'>>;
type Counting<Type extends EventType> = (data: EventData<Type>) => Moved;

/** What each event moves; the same is said beside the events in the catalogue. */
export const countedEvents = {
  'tickets.hold-placed.v1': ({ quantity }) => ({ held: quantity }),
  'tickets.hold-released.v1': ({ quantity }) => ({ held: -quantity }),
  'tickets.hold-expired.v1': ({ quantity }) => ({ held: -quantity }),
  'tickets.order-paid.v1': ({ quantity, heldQuantity, total }) => ({
    held: -heldQuantity,
    sold: quantity,
    paid: readMoney(total),
  }),
  'tickets.ticket-withdrawn.v1': () => ({ sold: -1 }),
  'tickets.ticket-exchanged.v1': () => ({ sold: 1 }),
  'tickets.order-expired.v1': ({ quantity }) => ({ held: -quantity }),
  'tickets.order-cancelled.v1': ({ quantity }) => ({ held: -quantity }),
  'tickets.order-refunded.v1': ({ amount }) => ({ refunded: readMoney(amount) }),
  'tickets.refund-failed.v1': ({ revenueRestored }) => {
    const restored = readMoney(revenueRestored);
    return restored.amountMinor === 0n
      ? {}
      : { refunded: { ...restored, amountMinor: -restored.amountMinor } };
  },
  'tickets.order-charged-back.v1': ({ amount }) => ({ refunded: readMoney(amount) }),
  'tickets.chargeback-reversed.v1': ({ amount }) => {
    const reversed = readMoney(amount);
    return { refunded: { ...reversed, amountMinor: -reversed.amountMinor } };
  },
  'tickets.ticket-cancelled.v1': () => ({ sold: -1, cancelled: 1 }),
  'tickets.ticket-scanned.v1': ({ result, checkedIn = result === 'ACCEPTED' ? 1 : 0 }) =>
    checkedIn > 0 ? { checkedIn } : {},
  'tickets.scan-reversed.v1': ({ checkedOut }) => (checkedOut > 0 ? { checkedIn: -checkedOut } : {}),
} satisfies { [Type in EventType]?: Counting<Type> };

export type CountedEventType = keyof typeof countedEvents;

/** Taken as it is: a currency that the sender knows and we do not (yet) must not stop the counting. */
function readMoney(given: { readonly amountMinor: string; readonly currency: string }): Money {
  return { amountMinor: BigInt(given.amountMinor), currency: given.currency };
}

/** The change that an event makes, or null where it moves nothing. */
export function readChange(event: DomainEvent<CountedEventType>): SalesChange | null {
  const count = countedEvents[event.type] as Counting<CountedEventType>;
  const moved = count(event.data);
  return Object.keys(moved).length === 0 ? null : changeOf(event.data.occurrenceId, event.occurredAt, moved);
}

/** Counts the ticket service's events into one generation of the statistics; tells `onCounted` of what is committed. */
export function countSales(
  generation: Generation,
  onCounted?: (type: string, change: SalesChange) => void,
): Handlers {
  const handle = async (event: DomainEvent<CountedEventType>, tx: Parameters<typeof applyChange>[0]) => {
    const change = readChange(event);
    if (!change) return;
    await applyChange(tx, generation, change);
    if (onCounted) tx.afterCommit(() => onCounted(event.type, change));
  };
  return Object.fromEntries(Object.keys(countedEvents).map((type) => [type, handle]));
}
