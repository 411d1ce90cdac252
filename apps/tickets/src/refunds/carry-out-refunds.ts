import { accept } from '@marquee/kernel';
import { carryOut, type CarriedOut } from '@marquee/sagas';
import type { Services } from '../services.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { refundSaga } from './refund-saga.ts';

export function carryOutRefunds(services: Services): CarriedOut {
  return carryOut(refundSaga, {
    'give-back': {
      timeoutMs: 30_000,
      run: async (_, { organisationId, key }) => {
        await carryOutRefund(services, { organisationId }, key);
        const open = await services.database.read({ organisationId }, (tx) =>
          tx.rows(`select 1 from refund where id = $1 and status in ('CREATED', 'TRANSIT')`, [key]),
        );
        return accept({ open: open.length > 0 });
      },
    },
  });
}
