import type { Clock, IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { DocumentLinks } from './billing/download-documents.ts';
import type { AddressRule } from './guard/addresses.ts';
import type { Marketplace } from './plugins/marketplace.ts';
import type { PluginSecrets } from './plugins/plugin-secrets.ts';
import type { PriceLists } from './plans/price-lists.ts';
import type { Graph } from './selections/graph.ts';
import type { SecretStore } from './signing/secrets.ts';

/** What use cases work with, made once in main. */
export type Services = {
  readonly database: Database;
  /** Says which day and month it is, which plans, quotas and invoices go by. */
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly pluginSecrets: PluginSecrets;
  /** Where plugins come from. */
  readonly marketplace: Marketplace;
  readonly addresses: AddressRule;
  /** The whole graph, through the gateway. */
  readonly graph: Graph;
  readonly priceLists: PriceLists;
  /** Where the platform's invoices and credit notes are downloaded. */
  readonly documentLinks: DocumentLinks;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
  /** Tells the delivery engine that something may be due. */
  readonly onDue: () => void;
  /** Tells those who watch these endpoints, which are paused, that events are kept for them. */
  readonly onKept: (organisationId: string, endpointIds: readonly string[]) => void;
};

/** Whose command it is, and how often it counts. */
export type Command = Services & {
  readonly viewer: Viewer;
  /** Null where the caller gave none: the command then runs each time it is sent. */
  readonly idempotencyKey: string | null;
};

/** Runs `work` in one transaction of the viewer's organisation, which a refusal rolls back; once for each key. */
export async function decide<T, R extends Refusal>(
  { database, viewer, idempotencyKey: key, onCommit, onDue }: Command,
  operation: string,
  request: unknown,
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  return database.decide<T, R | IdempotencyConflict>(viewer, async (tx) => {
    tx.afterCommit(onCommit);
    tx.afterCommit(onDue);
    if (key === null) return work(tx);
    return idempotent(tx, { operation, key, request, subject: viewer.subject }, () => work(tx));
  });
}
