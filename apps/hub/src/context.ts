import type { Loader, Viewer } from '@marquee/subgraph';
import { createLoader } from '@marquee/subgraph';
import type { Transaction } from '@marquee/postgres';
import type { Services } from './command.ts';
import type { Attempt, Delivery } from './deliveries/delivery.ts';
import { attemptsOf, deliveriesById, messagesOf } from './deliveries/delivery-rows.ts';
import { endpointsById } from './endpoints/endpoint-rows.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import { pluginsById, pluginsByName } from './plugins/plugin-rows.ts';
import type { Plugin } from './plugins/plugin.ts';
import { platformInvoicesById, type PlatformInvoice } from './billing/platform-invoice.ts';
import { creditNotesOf, paymentsOf, type CreditNote, type Payment } from './billing/settlement-rows.ts';

/** What a resolver may see. Loaders answer only the viewer's own organisation. */
export type Context = Services & {
  readonly viewer: Viewer;
  readonly loaders: {
    readonly endpoint: Loader<string, Endpoint | null>;
    readonly delivery: Loader<string, Delivery | null>;
    readonly attempts: Loader<string, readonly Attempt[]>;
    readonly platformInvoice: Loader<string, PlatformInvoice | null>;
    readonly platformPayments: Loader<string, readonly Payment[]>;
    readonly platformCreditNotes: Loader<string, readonly CreditNote[]>;
    readonly message: Loader<string, { readonly message: string } | null>;
    readonly plugin: Loader<string, Plugin | null>;
    readonly pluginByName: Loader<string, Plugin | null>;
  };
};

export function createContext(services: Services, viewer: Viewer): Context {
  const { database } = services;
  const rowLoader = <T extends { readonly id: string }>(
    read: (tx: Transaction, ids: readonly string[]) => Promise<readonly T[]>,
  ): Loader<string, T | null> =>
    createLoader(async (ids: readonly string[]) => {
      const rows = await database.read(viewer, (tx) => read(tx, ids));
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
  const listLoader = <T>(
    read: (tx: Transaction, ids: readonly string[]) => Promise<readonly T[]>,
    ownerOf: (row: T) => string,
  ): Loader<string, readonly T[]> =>
    createLoader(async (ids: readonly string[]) => {
      const rows = Map.groupBy(await database.read(viewer, (tx) => read(tx, ids)), ownerOf);
      return ids.map((id) => rows.get(id) ?? []);
    });
  return {
    ...services,
    viewer,
    loaders: {
      endpoint: rowLoader(endpointsById),
      delivery: rowLoader(deliveriesById),
      platformInvoice: rowLoader(platformInvoicesById),
      platformPayments: listLoader(paymentsOf, ({ invoiceId }) => invoiceId),
      platformCreditNotes: listLoader(creditNotesOf, ({ invoiceId }) => invoiceId),
      message: rowLoader(messagesOf),
      plugin: rowLoader(pluginsById),
      pluginByName: createLoader(async (names: readonly string[]) => {
        const plugins = await database.read(viewer, (tx) => pluginsByName(tx, names));
        const found = new Map(plugins.map((plugin) => [plugin.name, plugin]));
        return names.map((name) => found.get(name) ?? null);
      }),
      attempts: listLoader(attemptsOf, ({ deliveryId }) => deliveryId),
    },
  };
}

/** The thing as it is after a mutation, which may have changed what the loader remembers. */
export async function reload<T>(loader: Loader<string, T | null>, id: string): Promise<T> {
  loader.clear(id);
  const thing = await loader.load(id);
  if (thing === null) throw new Error(`${id} vanished after it was changed`);
  return thing;
}
