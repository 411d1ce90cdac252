import { parseAll, parseId, parseInstant, parseInteger, parseNumber, type Parsed } from '@marquee/subgraph';
import type { SetWaitingRoomInput } from '../generated/schema.ts';
import type { SetWaitingRoomRequest } from './set-waiting-room.ts';
import { accept } from '@marquee/kernel';

export function readSetWaitingRoom(input: SetWaitingRoomInput): Parsed<SetWaitingRoomRequest> {
  const parsed = parseAll({
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    opensAt: parseInstant('opensAt', input.opensAt),
    maxPerSecond: parseNumber('maxPerSecond', input.maxPerSecond ?? 50, { min: 1, max: 10_000 }),
    passMinutes: parseInteger('passMinutes', input.passMinutes ?? 10, { min: 1, max: 60 }),
  });
  return parsed.ok ? accept({ ...parsed.value, enabled: input.enabled }) : parsed;
}
