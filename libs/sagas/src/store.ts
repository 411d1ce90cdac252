import type { Transaction } from '@marquee/postgres';
import { limits, upcastState, type AnySaga } from './definition.ts';
import { causeOf, newDraft, unwindFurther, type AnyCommand, type Draft } from './draft.ts';

type SagaRow = {
  readonly id: string;
  readonly organisation_id: string;
  readonly key: string;
  readonly version: number;
  readonly state: unknown;
  readonly undo: AnyCommand[];
  readonly unwinding: boolean;
  readonly steps: number;
  readonly counted_from: number;
  readonly open_commands: number;
  readonly stuck_tasks: number;
  readonly correlation_id: string;
  readonly actor: string;
  readonly done_at: Date | null;
};

const columns = `id, organisation_id, key, version, state, undo, unwinding, steps, counted_from, open_commands,
  stuck_tasks, correlation_id, actor, done_at`;

/** The instances of these keys, kept from changing. In the order of their ids, as by everyone. */
export async function lockByKeys(
  tx: Transaction,
  saga: AnySaga,
  keys: readonly string[],
): Promise<Map<string, Draft>> {
  const rows = await tx.rows<SagaRow>(
    `select ${columns} from saga where name = $1 and key = any($2::text[]) order by id for update`,
    [saga.name, keys],
  );
  return new Map(rows.map((row) => [row.key, toDraft(saga, row)]));
}

export async function lockById(tx: Transaction, saga: AnySaga, id: string): Promise<Draft | null> {
  const [row] = await tx.rows<SagaRow>(`select ${columns} from saga where id = $1 for update`, [id]);
  return row ? toDraft(saga, row) : null;
}

function toDraft(saga: AnySaga, row: SagaRow): Draft {
  return newDraft({
    id: row.id,
    organisationId: row.organisation_id,
    key: row.key,
    state: upcastState(saga, row),
    undo: row.undo,
    unwinding: row.unwinding,
    steps: row.steps,
    countedFrom: row.counted_from,
    openCommands: row.open_commands,
    stuckTasks: row.stuck_tasks,
    cause: { correlationId: row.correlation_id, actor: row.actor },
    doneAt: row.done_at,
  });
}

/** Writes new instances with their tasks and journals, in one statement; answers the keys that were free. */
export async function insertDrafts(
  tx: Transaction,
  saga: AnySaga,
  drafts: readonly Draft[],
  now: Date,
): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(
    `with started as (
       insert into saga (id, organisation_id, name, key, version, state, undo, unwinding, steps, counted_from,
                         open_commands, correlation_id, actor, started_at, updated_at, done_at)
       select d.id, d.organisation, $2, d.key, $3, d.state, d.undo, d.unwinding, d.steps, d.counted, d.open,
              d.correlation, d.actor, $4, $4, d.done
       from jsonb_to_recordset($1::jsonb) as d ${record}
       on conflict (organisation_id, name, key) do nothing
       returning id, key),
     tasks as (${insertTasks} join started using (id)),
     steps as (${insertSteps} join started using (id))
     select key from started`,
    parameters(saga, drafts, now),
    { name: 'saga-start' },
  );
  return new Set(rows.map(({ key }) => key));
}

/** Goes on with what is being undone, then writes the instances as they have become, in one statement. */
export async function updateDrafts(
  tx: Transaction,
  saga: AnySaga,
  drafts: readonly Draft[],
  now: Date,
): Promise<void> {
  for (const draft of drafts) {
    if (draft.dropsCommands) draft.openCommands -= await dropCommands(tx, draft.id);
    unwindFurther(saga, draft, now);
  }
  await tx.rows(
    `with updated as (
       update saga
       set version = $3, state = d.state, undo = d.undo, unwinding = d.unwinding, steps = d.steps,
           counted_from = d.counted, open_commands = d.open, done_at = d.done, updated_at = $4
       from jsonb_to_recordset($1::jsonb) as d ${record}
       where saga.id = d.id and saga.name = $2),
     ended as (
       delete from saga_task using jsonb_to_recordset($10::jsonb) as t (id uuid, task text)
       where saga_id = t.id and kind = 'timer' and (t.task is null or saga_task.task = t.task)
         -- One that is set anew is moved: one statement cannot write a row twice.
         and not exists (select from jsonb_to_recordset($5::jsonb) as moved (id uuid, kind text, task text)
                         where moved.id = saga_id and moved.kind = 'timer' and moved.task = saga_task.task)),
     -- What has progressed keeps the newest of its journal.
     forgotten as (
       delete from saga_step using jsonb_to_recordset($1::jsonb) as d ${record}
       where saga_id = d.id and d.progressed and step <= d.steps - ${limits.steps}),
     tasks as (
       ${insertTasks}
       on conflict (saga_id, kind, task) do update
       set due_at = excluded.due_at, tries = 0, claim = null, stuck = false, error = null,
           correlation_id = excluded.correlation_id, actor = excluded.actor, traceparent = excluded.traceparent)
     ${insertSteps}`,
    [...parameters(saga, drafts, now), JSON.stringify(endedTimers(drafts))],
    { name: 'saga-update' },
  );
  await recountStuck(tx, drafts);
}

const record = `(id uuid, organisation uuid, key text, state jsonb, undo jsonb, unwinding boolean, steps integer,
  counted integer, progressed boolean, open integer, correlation text, actor text, done timestamptz)`;

const insertTasks = `
  insert into saga_task (saga_id, kind, task, organisation_id, saga_name, type, data, due_at, correlation_id, actor,
                         traceparent, created_at)
  select id, t.kind, t.task, t.organisation, $2, t.type, t.data, t."dueAt", $7, $8, $9, $4
  from jsonb_to_recordset($5::jsonb) as t
    (id uuid, kind text, task text, organisation uuid, type text, data jsonb, "dueAt" timestamptz)`;

const insertSteps = `
  insert into saga_step (saga_id, step, organisation_id, at, input, issued)
  select id, s.step, s.organisation, $4, s.input, array(select jsonb_array_elements_text(s.issued))
  from jsonb_to_recordset($6::jsonb) as s (id uuid, step integer, organisation uuid, input jsonb, issued jsonb)`;

/** $1 to $9 of the statements above. */
function parameters(saga: AnySaga, drafts: readonly Draft[], now: Date): unknown[] {
  const owner = ({ id, organisationId }: Draft) => ({ id, organisation: organisationId });
  const tasks = drafts.flatMap((draft) =>
    [...draft.tasks.values()].map((task) => ({ ...task, ...owner(draft) })),
  );
  const steps = drafts.flatMap((draft) => draft.journal.map((step) => ({ ...step, ...owner(draft) })));
  const { correlationId, actor, traceparent = null } = causeOf();
  const documents = [drafts.map(documentOf), tasks, steps].map((rows) => JSON.stringify(rows));
  return [
    documents[0],
    saga.name,
    saga.version,
    now,
    documents[1],
    documents[2],
    correlationId,
    actor,
    traceparent,
  ];
}

function documentOf(draft: Draft) {
  return {
    id: draft.id,
    organisation: draft.organisationId,
    key: draft.key,
    state: draft.state,
    undo: draft.undo,
    unwinding: draft.unwinding,
    steps: draft.steps,
    counted: draft.countedFrom,
    progressed: draft.progressed,
    open: draft.openCommands,
    correlation: draft.cause.correlationId,
    actor: draft.cause.actor,
    done: draft.doneAt,
  };
}

/** By name, or all of an instance. */
function endedTimers(drafts: readonly Draft[]): { readonly id: string; readonly task: string | null }[] {
  return drafts.flatMap(({ id, endsAllTimers, endedTimers: named }) =>
    (endsAllTimers ? [null] : [...named]).map((task) => ({ id, task })),
  );
}

/** What nobody is at: not begun, waiting for another try, or given up. The undo steps cover it. Answers how many. */
async function dropCommands(tx: Transaction, id: string): Promise<number> {
  return tx.execute(`delete from saga_task where saga_id = $1 and kind = 'command' and claim is null`, [id]);
}

/** A task that was given up may have gone with this step. The instance is locked, so nobody else counts. */
async function recountStuck(tx: Transaction, drafts: readonly Draft[]): Promise<void> {
  const ids = drafts.filter(({ stuckTasks }) => stuckTasks > 0).map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.execute(
    `update saga set stuck_tasks = counted.tasks, error = case when counted.tasks > 0 then error end
     from (select saga.id, count(saga_task.task)::integer as tasks
           from saga left join saga_task on saga_task.saga_id = saga.id and saga_task.stuck
           where saga.id = any($1::uuid[]) group by saga.id) as counted
     where saga.id = counted.id`,
    [ids],
  );
}
