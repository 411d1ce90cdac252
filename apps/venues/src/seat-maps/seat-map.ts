import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

/** One immutable version of a space's geometry, as its row is read. */
export type SeatMap = {
  readonly id: string;
  readonly spaceId: string;
  readonly version: number;
  readonly seatCount: number;
  readonly publishedAt: Date;
};

/** A section as one version has it. Its rows are read only when they are asked for. */
export type Section = {
  readonly id: string;
  readonly seatMapId: string;
  readonly name: string;
  readonly seatCount: number;
};

export type SeatRow = {
  readonly label: string;
  /** How good its seats are, 1 the best; absent where the map does not say. */
  readonly rank?: number;
  readonly seats: readonly Seat[];
};

/** What is told of a seat only where it is so: most seats of a house are like each other. */
export type SeatTraits = {
  /** Part of the stage cannot be seen from it. */
  readonly restrictedView?: true;
  /** An aisle follows: the next seat of the row is no neighbour. */
  readonly aisleAfter?: true;
};

export type Seat = {
  readonly id: string;
  readonly rowLabel: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly accessible: boolean;
  /** The accessible seat whose companion sits here. */
  readonly companionOfId?: string;
} & SeatTraits;

export type Area = { readonly id: string; readonly name: string; readonly capacity: number };

/** A map as it was sent, before it has ids. */
export type SeatMapDraft = {
  readonly sections: readonly SectionDraft[];
  readonly areas: readonly { readonly name: string; readonly capacity: number }[];
};
export type SectionDraft = { readonly name: string; readonly rows: readonly RowDraft[] };
export type RowDraft = {
  readonly label: string;
  readonly rank?: number;
  readonly seats: readonly SeatDraft[];
};
export type SeatDraft = {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly accessible: boolean;
  /** The label of the accessible seat of its row whose companion sits here. */
  readonly companionOf?: string;
} & SeatTraits;

export const seatMapLimits = {
  sections: 200,
  areas: 200,
  rowsPerSection: 500,
  seatsPerSection: 5_000,
  seats: 100_000,
  areaCapacity: 1_000_000,
  nameLength: 100,
  labelLength: 20,
  coordinate: 1_000_000,
  rank: 1_000,
} as const;

/** How many people the map has a place for. */
export function placesOf({ sections, areas }: SeatMapDraft): number {
  return seatsOf(sections) + areas.reduce((sum, area) => sum + area.capacity, 0);
}

export function seatsOf(sections: readonly SectionDraft[]): number {
  return sections.reduce((sum, section) => sum + seatsOfSection(section), 0);
}

export function seatsOfSection({ rows }: SectionDraft): number {
  return rows.reduce((sum, row) => sum + row.seats.length, 0);
}

/**
 * The draft with its names trimmed, or the first thing in it that cannot be: `field` is its path, such as
 * `sections[2].rows[0].seats[5].label`. Sections and areas share one set of names, because a ticket type names
 * what it sells by it.
 */
export function checkSeatMap(given: SeatMapDraft): Outcome<SeatMapDraft, InvalidInput> {
  const { sections, areas } = given;
  if (sections.length > seatMapLimits.sections) {
    return invalid('sections', `must have at most ${seatMapLimits.sections} entries`);
  }
  if (areas.length > seatMapLimits.areas) {
    return invalid('generalAdmissionAreas', `must have at most ${seatMapLimits.areas} entries`);
  }
  if (sections.length + areas.length === 0) {
    return invalid('sections', 'must have an entry, or there must be a general-admission area');
  }
  if (seatsOf(sections) > seatMapLimits.seats) {
    return invalid('sections', `must have at most ${seatMapLimits.seats} seats together`);
  }
  const names = new Set<string>();
  const checkedSections = checkEach('sections', sections, (path, section) =>
    checkSection(path, section, names),
  );
  if (!checkedSections.ok) return checkedSections;
  const checkedAreas = checkEach('generalAdmissionAreas', areas, (path, area) =>
    checkArea(path, area, names),
  );
  if (!checkedAreas.ok) return checkedAreas;
  return accept({ sections: checkedSections.value, areas: checkedAreas.value });
}

function checkSection(
  path: string,
  section: SectionDraft,
  names: Set<string>,
): Outcome<SectionDraft, InvalidInput> {
  const name = checkLabel(`${path}.name`, section.name, seatMapLimits.nameLength, names);
  if (!name.ok) return name;
  if (section.rows.length === 0) return invalid(`${path}.rows`, 'must not be empty');
  if (section.rows.length > seatMapLimits.rowsPerSection) {
    return invalid(`${path}.rows`, `must have at most ${seatMapLimits.rowsPerSection} entries`);
  }
  if (seatsOfSection(section) > seatMapLimits.seatsPerSection) {
    return invalid(`${path}.rows`, `must have at most ${seatMapLimits.seatsPerSection} seats together`);
  }
  const labels = new Set<string>();
  const rows = checkEach(`${path}.rows`, section.rows, (rowPath, row) => checkRow(rowPath, row, labels));
  return rows.ok ? accept({ name: name.value, rows: rows.value }) : rows;
}

function checkRow(path: string, row: RowDraft, labels: Set<string>): Outcome<RowDraft, InvalidInput> {
  const label = checkLabel(`${path}.label`, row.label, seatMapLimits.labelLength, labels);
  if (!label.ok) return label;
  if (row.seats.length === 0) return invalid(`${path}.seats`, 'must not be empty');
  const { rank } = row;
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1 && rank <= seatMapLimits.rank))
    return invalid(`${path}.rank`, `must be a whole number from 1 to ${seatMapLimits.rank}`);
  const seatLabels = new Set<string>();
  const seats = checkEach(`${path}.seats`, row.seats, (seatPath, seat) =>
    checkSeat(seatPath, seat, seatLabels),
  );
  if (!seats.ok) return seats;
  const companions = checkCompanions(path, seats.value);
  return companions.ok ? accept({ ...row, label: label.value, seats: seats.value }) : companions;
}

/** A companion sits beside someone: in the row of the accessible seat, and not on one itself. */
function checkCompanions(path: string, seats: readonly SeatDraft[]): Outcome<true, InvalidInput> {
  const accessible = new Set(seats.filter((seat) => seat.accessible).map(({ label }) => label));
  const wrong = seats.findIndex(
    (seat) => seat.companionOf !== undefined && (seat.accessible || !accessible.has(seat.companionOf)),
  );
  if (wrong === -1) return accept(true);
  const reason = seats[wrong]!.accessible
    ? 'must be left out for an accessible seat'
    : 'must be the label of an accessible seat of the row';
  return invalid(`${path}.seats[${wrong}].companionOf`, reason);
}

function checkSeat(path: string, seat: SeatDraft, labels: Set<string>): Outcome<SeatDraft, InvalidInput> {
  const label = checkLabel(`${path}.label`, seat.label, seatMapLimits.labelLength, labels);
  if (!label.ok) return label;
  for (const axis of ['x', 'y'] as const) {
    const fits = Number.isFinite(seat[axis]) && Math.abs(seat[axis]) <= seatMapLimits.coordinate;
    if (!fits) return invalid(`${path}.${axis}`, `must be within ±${seatMapLimits.coordinate}`);
  }
  const { companionOf, ...rest } = seat;
  // As the labels are: it is one of them.
  const of = companionOf?.normalize('NFC').trim();
  return accept({ ...rest, label: label.value, ...(of !== undefined && { companionOf: of }) });
}

function checkArea(path: string, area: SeatMapDraft['areas'][number], names: Set<string>) {
  const name = checkLabel(`${path}.name`, area.name, seatMapLimits.nameLength, names);
  if (!name.ok) return name;
  const { capacity } = area;
  const fits = Number.isInteger(capacity) && capacity >= 1 && capacity <= seatMapLimits.areaCapacity;
  if (!fits)
    return invalid(`${path}.capacity`, `must be a whole number from 1 to ${seatMapLimits.areaCapacity}`);
  return accept({ name: name.value, capacity });
}

/** Control characters, line breaks and lone surrogates: nothing that a sign on a chair can show. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

function checkLabel(
  path: string,
  given: string,
  maxLength: number,
  taken: Set<string>,
): Outcome<string, InvalidInput> {
  // Before it is normalised, which costs more on an abusive length.
  if (given.length > maxLength * 4) return invalid(path, `must have at most ${maxLength} characters`);
  const label = given.normalize('NFC').trim();
  if (label === '') return invalid(path, 'must not be empty');
  if ([...label].length > maxLength) return invalid(path, `must have at most ${maxLength} characters`);
  if (unprintable.test(label)) return invalid(path, 'holds characters that cannot be shown');
  if (taken.has(label)) return invalid(path, `"${label}" is there twice`);
  taken.add(label);
  return accept(label);
}

function checkEach<T, U>(
  path: string,
  values: readonly T[],
  check: (path: string, value: T) => Outcome<U, InvalidInput>,
): Outcome<readonly U[], InvalidInput> {
  const checked: U[] = [];
  for (const [index, value] of values.entries()) {
    const one = check(`${path}[${index}]`, value);
    if (!one.ok) return one;
    checked.push(one.value);
  }
  return accept(checked);
}
