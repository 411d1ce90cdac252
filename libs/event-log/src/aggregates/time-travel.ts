import { createPatch, type Operation } from 'rfc6902';
import type { NewEvent } from '@marquee/contracts';
import { assert, type Refusal } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { streamId } from '../append.ts';
import { readSnapshot } from '../snapshots/store.ts';
import type { Aggregate } from './aggregate.ts';
import { builtOn, foldStream, nothingYet, warnOfSnapshot, type Loaded, type LoadOptions } from './load.ts';

/** A moment of an aggregate: after its nth event, or as it stood at an instant, that instant included. */
export type Moment = { readonly version: number } | { readonly instant: Date };

/**
 * The aggregate as it was. Before its first event it is `initial` at version 0; after its last, as it is now. Told by
 * today's `evolve` and upcasters: what the events mean now, not what the code of then made of them.
 */
export async function stateAsOf<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  moment: Moment,
  { interceptors, onSnapshotFault = warnOfSnapshot }: LoadOptions = {},
): Promise<Loaded<State>> {
  assert(tx.organisationId, 'an aggregate is one tenant’s: load it in that tenant’s scope');
  const stream = streamId(aggregate.name, id);
  const limit = 'version' in moment ? { toVersion: moment.version } : { asOf: moment.instant };
  const { snapshots } = aggregate;
  const snapshot =
    snapshots && (await readSnapshot<State>(tx, stream, snapshots.schemaVersion, onSnapshotFault, limit));
  const from = snapshot ? builtOn(snapshot) : nothingYet(aggregate);
  return foldStream(tx, aggregate, stream, from, { ...limit, ...(interceptors && { interceptors }) });
}

/** What makes `before` into `after`, both plain JSON data, as a JSON Patch (RFC 6902): in the order to be applied. */
export function difference(before: unknown, after: unknown): Operation[] {
  return createPatch(before, after);
}
