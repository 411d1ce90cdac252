import type { NewEvent } from '@marquee/contracts';
import { moneyData } from '../money-data.ts';
import type { Hold, HoldLine } from './hold.ts';

export function holdPlaced(hold: Hold): NewEvent<'tickets.hold-placed.v1'> {
  return {
    type: 'tickets.hold-placed.v1',
    data: {
      holdId: hold.id,
      occurrenceId: hold.occurrenceId,
      quantity: hold.quantity,
      lines: hold.lines.map(lineData),
      total: moneyData(hold.total),
      expiresAt: hold.expiresAt.toISOString(),
    },
  };
}

export function lineData(line: Omit<HoldLine, 'unitPrice'>): {
  ticketTypeId: string;
  quantity: number;
  seatIds: string[];
} {
  return { ticketTypeId: line.ticketTypeId, quantity: line.quantity, seatIds: [...line.seatIds] };
}
