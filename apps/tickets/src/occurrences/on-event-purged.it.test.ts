import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { withDeleted } from '@marquee/postgres';
import {
  aGuest,
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  hold,
  newViewer,
  refused,
  violations,
  type World,
} from '../harness.test-support.ts';
import { keepTogether, replicaHandlers } from './on-owners-changed.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.drop());

const guest = () => newViewer('GUEST', world.viewer.organisationId, aGuest.email);

/** As the service hears of it: twice. */
async function purge(eventId: string): Promise<void> {
  const event = { id: newUuid(), type: 'events.event-purged.v1', data: { eventId } };
  for (let time = 0; time < 2; time++)
    await world.database.transaction(world.viewer, (tx) =>
      keepTogether(replicaHandlers)([event as unknown as DomainEvent], tx),
    );
}

/** Tables that name occurrences or events by uuid, and how many rows name these. */
async function naming(column: 'occurrence_id' | 'event_id', id: string): Promise<Record<string, number>> {
  return world.database.read(world.viewer, (tx) =>
    withDeleted(tx, async () => {
      const tables = await tx.rows<{ name: string }>(
        `select table_name as name from information_schema.columns join information_schema.tables
           using (table_schema, table_name)
          where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = $1 and data_type = 'uuid'
            -- Whose events are messages.
            and table_name <> 'sandbox_webhook' and table_name not like 'event\\_%' and table_name not like 'messaging\\_%'`,
        [column],
      );
      const found: Record<string, number> = {};
      for (const { name } of tables) {
        const [row] = await tx.rows<{ n: number }>(
          `select count(*)::integer as n from ${name} where ${column} = $1`,
          [id],
        );
        found[name] = row!.n;
      }
      return found;
    }),
  );
}
const left = (found: Record<string, number>) => Object.keys(found).filter((table) => found[table]! > 0);

test('of an event that nothing was sold of nothing is left', async () => {
  const occurrence = await givenOccurrence(world);
  const { eventId, id: occurrenceId } = occurrence;
  const type = await givenTicketType(world, occurrence);
  await world.database.transaction(world.viewer, async (tx) => {
    const insert = (table: string, columns: string, ...values: unknown[]) =>
      tx.execute(
        `insert into ${table} (organisation_id, ${columns})
         values ($1, ${values.map((_, place) => `$${place + 2}`).join(', ')})`,
        [tx.organisationId, ...values],
      );
    await insert('question', 'id, event_id, label, kind', newUuid(), eventId, 'Diet?', 'TEXT');
    await insert('credential_policy', 'event_id, policy', eventId, 'ANY');
    await insert(
      'voucher',
      'id, code, name, event_id, ticket_type_ids',
      newUuid(),
      'EARLY',
      'Early',
      eventId,
      [type.id],
    );
    const rate = newUuid();
    await insert('tax_rate', 'id, name, rate_bp, inclusive, event_id', rate, 'VAT', 700, true, eventId);
    await insert(
      'fee_rule',
      'id, name, per, percent_bp, ticket_type_id, tax_rate_id',
      newUuid(),
      'Fee',
      'TICKET',
      100,
      type.id,
      rate,
    );
  });
  expect(left(await naming('event_id', eventId))).toEqual(
    expect.arrayContaining(['occurrence', 'ticket_type', 'quota', 'question', 'voucher']),
  );

  await purge(eventId);

  expect(left(await naming('event_id', eventId))).toEqual([]);
  expect(left(await naming('occurrence_id', occurrenceId))).toEqual([]);
  expect(await refused(hold(world, guest(), occurrence, type))).toMatchObject({ kind: 'NotFound' });
  expect(await violations(world)).toEqual([]);
});

test('what was sold of an event stays, with all that it names; what was not sold goes', async () => {
  const occurrence = await givenOccurrence(world);
  const { eventId } = occurrence;
  const unsold = await givenOccurrence(world, { eventId });
  const sold = await givenTicketType(world, occurrence);
  const other = await givenTicketType(world, occurrence, { name: 'Nobody wants it' });
  await givenPaidOrder(world, guest(), occurrence, sold);
  const before = await naming('occurrence_id', occurrence.id);

  await purge(eventId);

  expect(await naming('occurrence_id', occurrence.id)).toEqual(before);
  expect(left(await naming('occurrence_id', unsold.id))).toEqual([]);
  const kept = await world.database.read(world.viewer, (tx) =>
    tx.rows<{ id: string }>('select id from ticket_type where id = any($1)', [[sold.id, other.id]]),
  );
  expect(kept).toEqual([{ id: sold.id }]);
  expect(await naming('event_id', eventId)).toMatchObject({ occurrence: 1, ticket_type: 1 });
  expect(await violations(world)).toEqual([]);
});

test('every table that names an occurrence or an event is thought of', async () => {
  const { eventId, id } = await givenOccurrence(world);
  const statements: string[] = [];
  const stop = world.database.observe((statement) => void statements.push(statement));
  await purge(eventId).finally(stop);
  const text = statements.join('\n');
  const tables = [
    ...Object.keys(await naming('event_id', eventId)),
    ...Object.keys(await naming('occurrence_id', id)),
  ];
  expect(tables.length).toBeGreaterThan(25);
  expect(tables.filter((table) => !new RegExp(`\\b${table}\\b`).test(text))).toEqual([]);
});
