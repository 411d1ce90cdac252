import { createLoader, type Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { findAdditions, findHeldBack } from './addition-rows.ts';
import { columnsOfOrders } from './report-columns.ts';

/** What plugins say of tickets and orders, each at once for all that a request asks for. */
export function createPluginLoaders(services: Services, viewer: Viewer) {
  const { database } = services;
  return {
    additions: createLoader(async (ids: readonly string[]) => {
      const found = await database.read(viewer, (tx) => findAdditions(tx, ids));
      const byTicket = Map.groupBy(found, ({ ticketId }) => ticketId);
      return ids.map((id) => byTicket.get(id) ?? []);
    }),
    heldBack: createLoader(async (ids: readonly string[]) => {
      const heldBack = await database.read(viewer, (tx) => findHeldBack(tx, ids));
      return ids.map((id) => heldBack.has(id));
    }),
    reportColumns: createLoader(async (ids: readonly string[]) => {
      const columns = await columnsOfOrders(services, viewer, ids);
      return ids.map((id) => columns.get(id) ?? []);
    }),
  };
}
