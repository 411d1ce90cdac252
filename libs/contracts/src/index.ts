export {
  assertValidEvent,
  catalogue,
  InvalidEventError,
  isEventType,
  type DomainEvent,
  type EventData,
  type EventType,
  type NewEvent,
} from './catalogue.ts';
export { upcasting } from './upcasters.ts';
export { createUpcasting, defineUpcaster, type Upcaster, type Upcasting } from './upcasting.ts';
