import { accept } from '@marquee/kernel';
import { carryOut, type CarriedOut } from '@marquee/sagas';
import type { Services } from '../services.ts';
import { clearBatch, countWork, finishCancellation } from './cancel-occurrence.ts';
import { cancellationSaga } from './cancellation-saga.ts';

export function carryOutCancellations(services: Services): CarriedOut {
  return carryOut(cancellationSaga, {
    count: {
      within: async (tx, _, { key }) => {
        await countWork(tx, key);
        return accept(null);
      },
    },
    // Every death in the middle of a batch is a try.
    clear: {
      timeoutMs: 120_000,
      attempts: 50,
      run: async ({ after }, { organisationId, key }) =>
        accept(await clearBatch(services, { organisationId }, key, after)),
    },
    finish: {
      within: async (tx, _, { key }) => accept({ finished: await finishCancellation(tx, key) }),
    },
  });
}
