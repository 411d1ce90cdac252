import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { RowDraft, SeatRow } from './seat-map.ts';

type Named = { readonly id: string; readonly name: string };

/** The ids that the space's sections and areas had in any version, by name. */
export async function knownIds(
  tx: Transaction,
  spaceId: string,
): Promise<{
  readonly sectionIds: ReadonlyMap<string, string>;
  readonly areaIds: ReadonlyMap<string, string>;
}> {
  const idsIn = async (table: string, id: string) => {
    const rows = await tx.rows<Named>(
      `select distinct part.name, part.${id} as id from ${table} part
         join seat_map on seat_map.id = part.seat_map_id where seat_map.space_id = $1`,
      [spaceId],
    );
    return new Map(rows.map((row) => [row.name, row.id]));
  };
  return {
    sectionIds: await idsIn('seat_map_section', 'section_id'),
    areaIds: await idsIn('seat_map_area', 'area_id'),
  };
}

/**
 * Gives every seat of a section its id: the one it had, or a new one. One statement a section: 5,000 rows at most, so
 * that the largest house stays within the statement's time limit.
 */
export async function upsertSeats(
  tx: Transaction,
  section: { readonly spaceId: string; readonly sectionId: string; readonly rows: readonly RowDraft[] },
): Promise<SeatRow[]> {
  const seats = section.rows.flatMap(({ label: rowLabel, seats: row }) =>
    row.map((seat) => ({ ...seat, rowLabel })),
  );
  const saved = await tx.rows<{ id: string; row: string; label: string }>(
    `insert into seat (id, organisation_id, space_id, section_id, row_label, label, x, y, accessible, restricted_view,
                       aisle_after)
     select s.id, $1, $2, $3, s.row_label, s.label, s.x, s.y, s.accessible, s.restricted_view, s.aisle_after
       from unnest($4::uuid[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::boolean[], $10::boolean[],
                   $11::boolean[]) as s(id, row_label, label, x, y, accessible, restricted_view, aisle_after)
     on conflict (section_id, row_label, label)
     do update set x = excluded.x, y = excluded.y, accessible = excluded.accessible, companion_of = null,
       restricted_view = excluded.restricted_view, aisle_after = excluded.aisle_after
     returning id, row_label as row, label`,
    [
      tx.organisationId,
      section.spaceId,
      section.sectionId,
      seats.map(() => newUuid()),
      seats.map(({ rowLabel }) => rowLabel),
      seats.map(({ label }) => label),
      seats.map(({ x }) => x),
      seats.map(({ y }) => y),
      seats.map(({ accessible }) => accessible),
      seats.map(({ restrictedView }) => restrictedView ?? false),
      seats.map(({ aisleAfter }) => aisleAfter ?? false),
    ],
  );
  const ids = new Map(saved.map(({ id, row, label }) => [JSON.stringify([row, label]), id]));
  const idOf = (rowLabel: string, label: string) => ids.get(JSON.stringify([rowLabel, label]))!;
  const rows = section.rows.map(({ label: rowLabel, seats: row, ...rest }) => ({
    ...rest,
    label: rowLabel,
    seats: row.map(({ companionOf, ...seat }) => ({
      id: idOf(rowLabel, seat.label),
      rowLabel,
      ...seat,
      ...(companionOf !== undefined && { companionOfId: idOf(rowLabel, companionOf) }),
    })),
  }));
  await saveCompanions(tx, rows);
  return rows;
}

async function saveCompanions(tx: Transaction, rows: readonly SeatRow[]): Promise<void> {
  const companions = rows.flatMap(({ seats }) => seats.filter((seat) => seat.companionOfId !== undefined));
  if (companions.length === 0) return;
  await tx.execute(
    `update seat set companion_of = c.of from unnest($1::uuid[], $2::uuid[]) as c(id, of) where seat.id = c.id`,
    [companions.map(({ id }) => id), companions.map(({ companionOfId }) => companionOfId)],
  );
}
