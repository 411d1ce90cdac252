import { setTimeout as delay } from 'node:timers/promises';
import { sweepIdempotencyKeys, systemScope, type Transaction } from '@marquee/postgres';
import { createMetrics, newCorrelationId, runWithCorrelation, type Metrics } from '@marquee/telemetry';
import { dropExpiredSeatClaims } from '../inventory/capacity.ts';
import { expireOccurrence } from '../inventory/expire-occurrence.ts';
import {
  defaultOrder,
  missedSql,
  remindOfInstalments,
  toRemindSql,
} from '../instalments/follow-instalments.ts';
import { issueDueInvoices } from '../invoices/issue-invoices.ts';
import type { Services } from '../services.ts';
import { settleOffer } from '../waitlist/answer-offer.ts';
import { observeWaitlist } from '../waitlist/observe-waitlist.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { findQueues } from '../waitlist/queue-rows.ts';
import { expireTransfer } from '../transfers/end-transfer.ts';
import { adopt, findOrphaned } from './adopt.ts';

/**
 * What goes on without anybody asking and needs no steps: tidying up what expired, offering what became free. None of it
 * is needed for a right answer; each finds its work in the rows, so it may run in several processes, and be killed at any
 * point. Payments, refunds and cancellations are seen to their ends by sagas.
 */
export type Upkeep = {
  /** One round; answers how many things were done, 0 when there was nothing to do. */
  runOnce(): Promise<number>;
  /** Stops after the round under way. */
  stop(): Promise<void>;
};

export type UpkeepOptions = { readonly everyMs: number; readonly metrics?: Metrics };

const batchSize = 200;

type Task = { readonly organisationId: string; readonly id: string };
type Duty = {
  readonly name: string;
  readonly find: (tx: Transaction) => Promise<readonly Task[]>;
  readonly work: (task: Task) => Promise<unknown>;
};

export function startUpkeep(services: Services, options: UpkeepOptions): Upkeep {
  const duties = createDuties(services);
  const countWaiting = observeWaitlist(options.metrics ?? createMetrics());
  const stopping = new AbortController();
  const round = async () => {
    let done = 0;
    for (const duty of duties) done += await perform(services, duty);
    await services.database.transaction(systemScope, async (tx) => {
      done += await dropExpiredSeatClaims(tx, 5_000);
      done += await sweepIdempotencyKeys(tx, 24);
      await countWaiting(tx);
    });
    return done;
  };
  const runOnce = () => runWithCorrelation({ correlationId: newCorrelationId(), actor: 'system' }, round);
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await runOnce().catch((error: unknown) => services.logger.warn({ error }, 'a round of upkeep failed'));
      await delay(options.everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = options.everyMs > 0 ? loop() : Promise.resolve();
  return {
    runOnce,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One duty's tasks, one after another; one that fails is left for the next round and does not stop the others. */
async function perform(services: Services, { name, find, work }: Duty): Promise<number> {
  const tasks = await services.database.transaction(systemScope, find, { readOnly: true });
  let done = 0;
  for (const task of tasks) {
    await work(task).then(
      (result) => (done += result === 0 ? 0 : 1),
      (error: unknown) => services.logger.warn({ error, task, duty: name }, 'upkeep could not finish a task'),
    );
  }
  return done;
}

const find = (sql: string, ...parameters: readonly unknown[]) => {
  return async (tx: Transaction): Promise<Task[]> => {
    const rows = await tx.rows<{ organisation_id: string; id: string }>(
      `${sql} limit ${batchSize}`,
      parameters,
    );
    return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id }));
  };
};

function createDuties(services: Services): Duty[] {
  return [
    {
      name: 'expire holds and orders',
      find: find(
        `select organisation_id, occurrence_id as id from hold where status = 'ACTIVE' and expires_at <= now()
         union
         select organisation_id, occurrence_id from ticket_order
         where status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and expires_at <= now() and paid_minor = 0`,
      ),
      work: ({ organisationId, id }) => expireOccurrence(services, { organisationId }, id),
    },
    {
      name: 'expire transfers',
      find: find(`select organisation_id, id from transfer where status = 'OFFERED' and expires_at <= now()`),
      work: ({ organisationId, id }) => expireTransfer(services, { organisationId }, id),
    },
    ...waitlistDuties(services),
    {
      name: 'adopt what no saga follows',
      find: findOrphaned,
      work: ({ organisationId }) => adopt(services, { organisationId }),
    },
    {
      name: 'remind of instalments',
      find: find(toRemindSql),
      work: ({ organisationId, id }) => remindOfInstalments(services, { organisationId }, id),
    },
    {
      name: 'end orders that missed an instalment',
      find: find(missedSql),
      work: ({ organisationId, id }) => defaultOrder(services, { organisationId }, id),
    },
    {
      name: 'issue invoices',
      find: find('select distinct organisation_id, organisation_id as id from invoice_due'),
      work: ({ organisationId }) => issueDueInvoices(services, { organisationId }),
    },
  ];
}

function waitlistDuties(services: Services): Duty[] {
  return [
    {
      name: 'settle offers of the waitlist',
      find: find(
        `select organisation_id, entry_id as id from waitlist_offer f where status = 'OFFERED' and (expires_at <= now()
           or exists (select from hold h where h.organisation_id = f.organisation_id and h.id = f.hold_id
                        and h.status <> 'ACTIVE'))`,
      ),
      work: ({ organisationId, id }) => settleOffer(services, { organisationId }, id),
    },
    {
      name: 'offer places to those who wait',
      find: find(
        `select distinct e.organisation_id, e.occurrence_id as id from waitlist_entry e
         join occurrence o on o.organisation_id = e.organisation_id and o.id = e.occurrence_id
         where e.status = 'WAITING' and o.status = 'SCHEDULED' and o.ends_at > now()`,
      ),
      work: ({ organisationId, id }) => offerAll(services, { organisationId }, id),
    },
  ];
}

/** Every line of the occurrence that something could be offered to. */
async function offerAll(
  services: Services,
  scope: { readonly organisationId: string },
  occurrenceId: string,
): Promise<number> {
  let offered = 0;
  const queues = await services.database.read(scope, (tx) => findQueues(tx, occurrenceId));
  for (const { ticketTypeId, leastWanted, free, listed } of queues) {
    if (leastWanted !== null && leastWanted <= Math.max(free, listed))
      offered += await offerPlaces(services, scope, { occurrenceId, ticketTypeId });
  }
  return offered;
}
