import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import type { Services } from '../services.ts';
import {
  changesRule,
  listInUse,
  nameTaken,
  type CheckInList,
  type CheckInListInUse,
  type CheckInListNameTaken,
} from './check-in-list.ts';
import { findLists, mostLists } from './list-rows.ts';

export type ListSettings = Omit<CheckInList, 'id' | 'occurrenceId' | 'revision'>;

type Refusals = CheckInListNameTaken | InvalidInput | NotFound;

export async function createCheckInList(
  services: Services,
  viewer: Viewer,
  request: {
    readonly idempotencyKey: string;
    readonly occurrenceId: string;
    readonly settings: ListSettings;
  },
): Promise<Outcome<CheckInList, Refusals | IdempotencyConflict | Unavailable>> {
  const { occurrenceId, settings, idempotencyKey: key } = request;
  type All = Refusals | IdempotencyConflict | Unavailable;
  const created = await withOwnersWord<string, All>(
    () =>
      services.database.decide<string, All>(viewer, (tx) =>
        idempotent<string, Refusals>(
          tx,
          {
            operation: 'createCheckInList',
            key,
            request: { occurrenceId, settings },
            subject: viewer.subject,
          },
          () => create(services, tx, occurrenceId, settings),
        ),
      ),
    (refusal) => refusal.kind === 'NotFound',
    () => refreshOccurrence(services, viewer, occurrenceId),
  );
  if (!created.ok) return created;
  const [list] = await services.database.read(viewer, (tx) => findLists(tx, [created.value]));
  return list ? accept(list) : notFound('The list');
}

async function create(
  services: Services,
  tx: Transaction,
  occurrenceId: string,
  settings: ListSettings,
): Promise<Outcome<string, Refusals>> {
  // Locked, so that two who make the hundredth list do not both find room for it.
  const known = await tx.rows('select id from occurrence where id = $1 for update', [occurrenceId]);
  if (known.length === 0) return notFound('The occurrence');
  const [{ lists } = { lists: 0 }] = await tx.rows<{ lists: number }>(
    'select count(*)::integer as lists from check_in_list where occurrence_id = $1',
    [occurrenceId],
  );
  if (lists >= mostLists) return invalid('occurrenceId', `has ${mostLists} lists already`);
  const unknown = await findUnknownType(tx, occurrenceId, settings);
  if (unknown) return unknown;
  const list: CheckInList = { id: newUuid(), occurrenceId, revision: 1, ...settings };
  const inserted = await tx.execute(
    `insert into check_in_list (organisation_id, id, occurrence_id, name, ticket_type_ids, valid_from, valid_until,
       entries_per_ticket, exits, re_entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict on constraint check_in_list_name do nothing`,
    [tx.organisationId, list.id, occurrenceId, ...columnsOf(settings)],
  );
  if (inserted === 0) return refuse(nameTaken);
  await tell(services, tx, list);
  return accept(list.id);
}

/** What is left out stays as it is. */
export async function updateCheckInList(
  services: Services,
  viewer: Viewer,
  { id, changes }: { readonly id: string; readonly changes: Partial<ListSettings> },
): Promise<Outcome<CheckInList, Refusals | CheckInListInUse>> {
  return services.database.decide<CheckInList, Refusals | CheckInListInUse>(viewer, async (tx) => {
    await tx.execute('select from check_in_list where id = $1 for update', [id]);
    const [before] = await findLists(tx, [id]);
    if (!before) return notFound('The list');
    const list: CheckInList = { ...before, ...changes, revision: before.revision + 1 };
    const fault = faultOf(list) ?? (await findUnknownType(tx, list.occurrenceId, list));
    if (fault) return fault;
    if (changesRule(before, list) && (await isInUse(tx, id))) return refuse(listInUse);
    const taken = await tx.rows(
      'select id from check_in_list where occurrence_id = $1 and name = $2 and id <> $3',
      [list.occurrenceId, list.name, id],
    );
    if (taken.length > 0) return refuse(nameTaken);
    await tx.execute(
      `update check_in_list set name = $2, ticket_type_ids = $3, valid_from = $4, valid_until = $5,
         entries_per_ticket = $6, exits = $7, re_entry = $8, revision = revision + 1 where id = $1`,
      [id, ...columnsOf(list)],
    );
    await tell(services, tx, list);
    return accept(list);
  });
}

function columnsOf(settings: ListSettings): unknown[] {
  const { name, ticketTypeIds, validFrom, validUntil, entriesPerTicket, exits, reEntry } = settings;
  return [name, ticketTypeIds, validFrom, validUntil, entriesPerTicket, exits, reEntry];
}

/** What no list may be set to, or null. */
export function faultOf(settings: ListSettings): Outcome<never, InvalidInput> | null {
  if (settings.reEntry && !settings.exits)
    return invalid('reEntry', 'needs exits: who never left does not come back');
  const { validFrom, validUntil } = settings;
  if (validFrom && validUntil && validFrom >= validUntil)
    return invalid('validUntil', 'must be after validFrom');
  return null;
}

async function findUnknownType(
  tx: Transaction,
  occurrenceId: string,
  { ticketTypeIds }: Pick<ListSettings, 'ticketTypeIds'>,
): Promise<Outcome<never, InvalidInput> | null> {
  if (!ticketTypeIds) return null;
  const known = await tx.rows(
    `select t.id from ticket_type t join occurrence o on o.event_id = t.event_id
     where o.id = $1 and t.id = any($2)`,
    [occurrenceId, ticketTypeIds],
  );
  return known.length < new Set(ticketTypeIds).size
    ? invalid('ticketTypeIds', 'must be ticket types of the occurrence')
    : null;
}

/** A scan under way holds its key of the list until it ends, so after the lock above there is none. */
async function isInUse(tx: Transaction, listId: string): Promise<boolean> {
  const used = await tx.rows('select from admission where list_id = $1 and last_at is not null limit 1', [
    listId,
  ]);
  return used.length > 0;
}

async function tell(services: Services, tx: Transaction, list: CheckInList): Promise<void> {
  await appendEvents(tx, {
    streamId: streamId('check-in-list', list.id),
    events: [
      {
        type: 'tickets.check-in-list-saved.v1',
        data: {
          listId: list.id,
          occurrenceId: list.occurrenceId,
          name: list.name,
          ticketTypeIds: list.ticketTypeIds ? [...list.ticketTypeIds] : null,
          validFrom: list.validFrom?.toISOString() ?? null,
          validUntil: list.validUntil?.toISOString() ?? null,
          entriesPerTicket: list.entriesPerTicket,
          exits: list.exits,
          reEntry: list.reEntry,
        },
      },
    ],
  });
  tx.afterCommit(services.wake);
}
