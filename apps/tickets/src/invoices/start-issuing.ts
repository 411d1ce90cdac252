import { systemScope } from '@marquee/postgres';
import { newCorrelationId, runWithCorrelation } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { issueDueInvoices, issueLimit } from './issue-invoices.ts';

export type Issuing = {
  /** Issues what is due now, of all organisations; answers how many. */
  issueAll(): Promise<number>;
  /** Something is due: looks soon, once for all who ask meanwhile. */
  wake(): void;
  drain(): Promise<void>;
};

/** Payments that come in together get their invoices together: one lock of a series for many numbers. */
const gatherMs = 20;

export function startIssuing(services: () => Services): Issuing {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const issueAll = async () => {
    const { database } = services();
    const organisations = await database.transaction(
      systemScope,
      (tx) => tx.rows<{ organisation_id: string }>('select distinct organisation_id from invoice_due'),
      { readOnly: true },
    );
    let issued = 0;
    for (const { organisation_id: organisationId } of organisations) {
      for (;;) {
        const done = await issueDueInvoices(services(), { organisationId });
        issued += done;
        if (done < issueLimit) break;
      }
    }
    return issued;
  };
  return {
    issueAll,
    wake: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const correlation = { correlationId: newCorrelationId(), actor: 'system' };
        running = running.then(() =>
          runWithCorrelation(correlation, issueAll).catch((error: unknown) =>
            services().logger.warn({ error }, 'invoices could not be issued; upkeep tries again'),
          ),
        );
      }, gatherMs);
    },
    drain: async () => {
      clearTimeout(timer);
      await running;
    },
  };
}
