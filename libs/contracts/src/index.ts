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
