import type { HookPoint } from '@marquee/contracts';
import type { Handlers, ProjectionOptions } from '@marquee/messaging';
import { repeat, systemScope, type Database, type Transaction } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';

/** What is known of those who have a say at a place: enough to ask the hub, and to go on or not where it is silent. */
export type Say = {
  /** One of them, without whom nothing may go on; null where all can be done without. */
  readonly indispensable: string | null;
  readonly names: readonly string[];
  /** The longest that any of them may take. */
  readonly timeBudgetMs: number;
};

/** How long an installed plugin may go unasked, and a disabled one be asked for nothing. */
const everyMs = 1_000;

export type HookReplica = {
  /** Costs no more than a look into a map. */
  sayOf(organisationId: string, point: HookPoint): Say | null;
  projection(): ProjectionOptions;
  stop(): Promise<void>;
};

/**
 * Who has a say where, kept from the hub's events in a table, and from there in the memory of every process: nothing is
 * asked of anybody in an organisation without plugins.
 */
export function createHookReplica(database: Database, logger: Logger): HookReplica {
  let says: ReadonlyMap<string, Say> = new Map();
  const refresh = async () => {
    const rows = await database.transaction(
      systemScope,
      (tx) => tx.rows<Row>(readSql, [], { name: 'plugin-hooks' }),
      { readOnly: true },
    );
    says = new Map(
      rows.map(({ organisationId, point, ...say }) => [keyOf(organisationId, point as HookPoint), say]),
    );
  };
  const reading = repeat({
    everyMs,
    work: refresh,
    onError: (error) => logger.warn({ error }, 'hooks of plugins could not be read this time'),
  });
  return {
    sayOf: (organisationId, point) => says.get(keyOf(organisationId, point)) ?? null,
    projection: () => ({ name: 'plugin-hooks', events: handlers, replayable: true }),
    stop: reading.stop,
  };
}

type Row = Say & { readonly organisationId: string; readonly point: string };
const keyOf = (organisationId: string, point: HookPoint) => `${organisationId} ${point}`;

const readSql = `select organisation_id as "organisationId", point, max(time_budget_ms) as "timeBudgetMs",
    max(title) filter (where fails_closed) as indispensable, array_agg(title order by title) as names
  from plugin_hook group by organisation_id, point`;

type Working = {
  readonly pluginId: string;
  readonly name: string;
  readonly hooks: readonly {
    readonly point: string;
    readonly failsClosed: boolean;
    readonly timeBudgetMs: number;
  }[];
};

async function keep(tx: Transaction, { pluginId, name, hooks }: Working): Promise<void> {
  await forget(tx, pluginId);
  await tx.execute(
    `insert into plugin_hook (organisation_id, plugin_id, point, title, fails_closed, time_budget_ms)
     select $1, $2, h.point, $3, h."failsClosed", h."timeBudgetMs"
     from jsonb_to_recordset($4) as h(point text, "failsClosed" boolean, "timeBudgetMs" integer)`,
    [tx.organisationId, pluginId, name, JSON.stringify(hooks)],
  );
}

async function forget(tx: Transaction, pluginId: string): Promise<void> {
  await tx.execute('delete from plugin_hook where plugin_id = $1', [pluginId]);
}

const handlers: Handlers = {
  'hub.plugin-installed.v1': ({ data }, tx) => keep(tx, data),
  'hub.plugin-upgraded.v1': ({ data }, tx) => keep(tx, data),
  'hub.plugin-enabled.v1': ({ data }, tx) => keep(tx, data),
  'hub.plugin-disabled.v1': ({ data }, tx) => forget(tx, data.pluginId),
  'hub.plugin-uninstalled.v1': ({ data }, tx) => forget(tx, data.pluginId),
};
