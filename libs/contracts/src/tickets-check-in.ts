import { Type } from 'typebox';
import { event, instant, nullable, text, uuid } from './schemas.ts';

const direction = Type.Union([Type.Literal('IN'), Type.Literal('OUT')]);
const zeroOrOne = Type.Union([Type.Literal(0), Type.Literal(1)]);
const atDoor = { scanId: uuid, occurrenceId: uuid, listId: uuid };

/** Of the ticket service: who is let in where, and what became of readings that were made without network. */
export const checkInEvents = {
  'tickets.check-in-list-saved.v1': event(
    'A list by which tickets are let in was made or changed. Each occurrence has a first one that nobody made.',
    {
      listId: uuid,
      occurrenceId: uuid,
      name: text(100),
      /** All types where null. */
      ticketTypeIds: nullable(Type.Array(uuid, { maxItems: 100 })),
      validFrom: nullable(instant),
      validUntil: nullable(instant),
      /** Any number where null. */
      entriesPerTicket: nullable(Type.Integer({ minimum: 1 })),
      exits: Type.Boolean(),
      reEntry: Type.Boolean(),
    },
  ),
  'tickets.device-created.v1': event('A device that reads tickets was set up; it may enrol by a code.', {
    deviceId: uuid,
    name: text(100),
    gate: text(100),
    listIds: Type.Array(uuid, { maxItems: 100 }),
  }),
  'tickets.device-updated.v1': event(
    'A device has another name or gate, or reads other lists from now on. All of it, as it now is.',
    { deviceId: uuid, name: text(100), gate: text(100), listIds: Type.Array(uuid, { maxItems: 100 }) },
  ),
  'tickets.device-enrolled.v1': event('A device gave its public key: what it signs counts from now on.', {
    deviceId: uuid,
  }),
  'tickets.device-revoked.v1': event('What a device signs counts no more.', { deviceId: uuid }),
  'tickets.scan-conflicted.v1': event(
    'A device without network opened a door that should have stayed shut: another reading was first, or the ticket was not valid any more. Counts nothing.',
    {
      ...atDoor,
      ticketId: uuid,
      direction,
      gate: text(100),
      reason: text(50),
      /** The reading that counts instead; null where it is the ticket that was not valid. */
      winnerId: nullable(uuid),
      scannedAt: instant,
    },
  ),
  'tickets.scan-judged.v1': event(
    'A later sync, or an undoing, has shown what an earlier reading counts as. Counts nothing: its ticket was let in before and after.',
    {
      ...atDoor,
      ticketId: uuid,
      result: Type.Union([Type.Literal('ACCEPTED'), Type.Literal('CONFLICT'), Type.Literal('REVERSED')]),
      reason: nullable(text(50)),
      winnerId: nullable(uuid),
    },
  ),
  'tickets.scan-reversed.v1': event(
    'A reading was undone, by the actor of this event. Counts: checkedIn -= checkedOut.',
    {
      ...atDoor,
      reversedScanId: uuid,
      ticketId: uuid,
      reason: text(500),
      /** 1 where no other reading lets the ticket in, 0 otherwise. */
      checkedOut: zeroOrOne,
    },
  ),
};

/** What a reading tells since there are lists. */
export const listFacts = {
  listId: Type.Optional(uuid),
  direction: Type.Optional(direction),
  gate: Type.Optional(text(100)),
  /** 1 where the ticket came in for the first time, 0 otherwise. Absent: 1 where the result is ACCEPTED. */
  checkedIn: Type.Optional(zeroOrOne),
};
