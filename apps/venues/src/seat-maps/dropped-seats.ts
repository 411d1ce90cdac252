import { accept, refuse, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Command } from '../command.ts';
import type { SeatMapDraft, SeatRow } from './seat-map.ts';

/** A seat of the newest map that a draft has no place for, with the words that people find it by. */
export type DroppedSeat = { readonly id: string; readonly name: string };

export type SeatsInUseView = {
  readonly message: string;
  readonly count: number;
  readonly seatIds: readonly string[];
};
export type SeatsInUse = SeatsInUseView & { readonly kind: 'SeatsInUse' };

/** Asked at once at most; it fits a message with room to spare. */
const chunk = 20_000;
const shownIds = 100;
const shownNames = 5;

/** Those of the space's newest map that are not in the draft under their section, row and label. */
export async function findDropped(
  tx: Transaction,
  spaceId: string,
  draft: SeatMapDraft,
): Promise<DroppedSeat[]> {
  const sections = await tx.rows<{ name: string; rows: SeatRow[] }>(
    `select s.name, s.rows from seat_map_section s
     where s.seat_map_id = (select id from seat_map where space_id = $1 order by version desc limit 1)
     order by s.position`,
    [spaceId],
  );
  const keyOf = (...names: string[]) => JSON.stringify(names);
  const kept = new Set(
    draft.sections.flatMap(({ name, rows }) =>
      rows.flatMap((row) => row.seats.map((seat) => keyOf(name, row.label, seat.label))),
    ),
  );
  return sections.flatMap(({ name, rows }) =>
    rows.flatMap(({ label, seats }) =>
      seats
        .filter((seat) => !kept.has(keyOf(name, label, seat.label)))
        .map((seat) => ({ id: seat.id, name: `${name} ${label} ${seat.label}` })),
    ),
  );
}

/**
 * Whether nobody has any of them: tickets knows. Where it does not answer, nothing is published; a sale in the moment
 * between its answer and the publication keeps its seat, which is reported there (`Occurrence.keptSeats`).
 */
export async function judgeDropped(
  { viewer, askTakenSeats }: Command,
  spaceId: string,
  dropped: readonly DroppedSeat[],
): Promise<Outcome<true, SeatsInUse | Unavailable>> {
  const taken: string[] = [];
  for (let from = 0; from < dropped.length; from += chunk) {
    const seatIds = dropped.slice(from, from + chunk).map(({ id }) => id);
    const answer = await askTakenSeats(viewer.organisationId, { spaceId, seatIds });
    if (answer === null) return unavailable;
    taken.push(...answer);
  }
  return taken.length === 0 ? accept(true) : inUse(dropped, new Set(taken));
}

const unavailable = refuse<Unavailable>({
  kind: 'Unavailable',
  message:
    'Whether someone has the seats that the map leaves out could not be asked. Nothing was changed; please try again.',
});

function inUse(dropped: readonly DroppedSeat[], taken: ReadonlySet<string>) {
  const seats = dropped.filter(({ id }) => taken.has(id));
  const names = seats.slice(0, shownNames).map(({ name }) => name);
  const more = seats.length > shownNames ? ` and ${seats.length - shownNames} more` : '';
  return refuse<SeatsInUse>({
    kind: 'SeatsInUse',
    message: `Seats that the map leaves out are sold, held or kept: ${names.join(', ')}${more}.`,
    count: seats.length,
    seatIds: seats.slice(0, shownIds).map(({ id }) => id),
  });
}
