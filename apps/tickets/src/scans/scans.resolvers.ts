import { encodeId } from '@marquee/kernel';
import { parseAll, parseId, parseInstant, parseOptional, parseText, toResult } from '@marquee/subgraph';
import type { Resolvers, ScanTicketInput } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { scanTicket } from './scan-ticket.ts';
import { undoScan } from './undo-scan.ts';

/** A device's clock may be ahead of ours, and a reading may come in long after it was made. */
const clockSkewMs = 24 * 3_600_000;

function readScan(input: ScanTicketInput) {
  const parsed = parseAll({
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    listId: parseOptional(input.listId, (id) => parseId('CheckInList', 'listId', id)),
    // Any text: what is no credential is an answer of the door's, not bad input.
    credential: parseText('credential', input.credential, { max: 2_000 }),
    nonce: parseText('nonce', input.nonce, { max: 200 }),
    scannedAt: parseInstant('scannedAt', input.scannedAt, {
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date(Date.now() + clockSkewMs),
    }),
    deviceId: parseText('deviceId', input.deviceId, { max: 200 }),
    gate: parseOptional(input.gate, (gate) => parseText('gate', gate, { max: 100 })),
  });
  const direction = input.direction ?? 'IN';
  return parsed.ok ? { ...parsed, value: { ...parsed.value, direction } } : parsed;
}

export const scansResolvers: Resolvers = {
  Mutation: {
    scanTicket: async (_, { input }, { services, viewer }) => {
      const parsed = readScan(input);
      const outcome = await whenParsed(parsed, (request) => scanTicket(services, viewer, request));
      return toResult(outcome, (scan) => ({ __typename: 'ScanAccepted', scan }));
    },
    undoScan: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        scanId: parseId('Scan', 'scanId', input.scanId),
        reason: parseText('reason', input.reason, { max: 500 }),
      });
      const outcome = await whenParsed(parsed, (request) => undoScan(services, viewer, request));
      return toResult(outcome, (scan) => ({ __typename: 'ScanUndone', scan }));
    },
  },
  Scan: {
    id: ({ id }) => encodeId('Scan', id),
    winner: ({ winnerId }, _, { loaders }) => (winnerId === null ? null : loaders.scan.load(winnerId)),
    checkInList: async ({ listId }, _, { loaders }) => {
      const list = await loaders.checkInList.load(listId);
      if (!list) throw new Error(`the list ${listId} is gone`);
      return list;
    },
    ticket: async ({ ticketId }, _, { loaders }) => {
      const ticket = await loaders.ticket.load(ticketId);
      if (!ticket) throw new Error(`ticket ${ticketId} is gone`);
      return ticket;
    },
  },
};
