import type { Transaction } from '@marquee/postgres';
import { defineSaga, deliverToSaga, startSagas, type SagaStep } from '@marquee/sagas';

export type RefundSaga = {
  State: {
    readonly refundId: string;
    readonly phase: 'giving-back' | 'in-transit' | 'ended';
    readonly looks: number;
  };
  /** `inHand`: the request that decided it asks the provider at once, and this only where it dies. */
  Start: { readonly refundId: string; readonly inHand: boolean };
  /** In the transaction in which it came back, or was refused. */
  Message: { readonly type: 'ended' };
  Timer: 'look';
  Commands: { 'give-back': { data: null; result: { readonly open: boolean } } };
};

const inHandMs = 10_000;
const longestPauseMs = 6 * 3_600_000;
const giveBack = [{ type: 'give-back' as const, data: null }];

/**
 * Sees one refund to its end: asks its provider to give the money back, always under the refund's own name, and then,
 * at growing intervals, what became of it. What ends it says so in the same transaction, a webhook as well as this.
 */
export const refundSaga = defineSaga<RefundSaga>({
  name: 'refund',
  version: 1,
  start: ({ refundId, inHand }) => {
    const state = { refundId, phase: 'giving-back' as const, looks: 0 };
    return inHand ? { state, timers: { look: { afterMs: inHandMs } } } : { state, commands: giveBack };
  },
  react: (state, input) => {
    switch (input.kind) {
      case 'message':
        return ended(state);
      case 'timer':
        return { state, commands: giveBack };
      case 'succeeded':
        return input.result.open ? lookAgain(state) : ended(state);
      // The provider's "no" is an end of the refund, told by its transaction; a refund is not undone.
      case 'failed':
      case 'unwound':
        return lookAgain(state);
    }
  },
});

function ended(state: RefundSaga['State']): SagaStep<RefundSaga> {
  return { state: { ...state, phase: 'ended' }, done: true };
}

/** About as long as it has taken so far. */
function lookAgain(state: RefundSaga['State']): SagaStep<RefundSaga> {
  const afterMs = Math.min(inHandMs * 2 ** Math.min(state.looks, 20), longestPauseMs);
  return { state: { ...state, phase: 'in-transit', looks: state.looks + 1 }, timers: { look: { afterMs } } };
}

/** Begins to see new refunds to their end: in the transaction that writes their rows. */
export async function followRefunds(
  tx: Transaction,
  refundIds: readonly string[],
  { inHand = false }: { readonly inHand?: boolean } = {},
): Promise<void> {
  const starts = refundIds.map((refundId) => ({ key: refundId, input: { refundId, inHand } }));
  await startSagas(tx, refundSaga, starts);
}

/** The refund came back or was refused: last in the transaction that says so in its row. */
export async function endRefundSaga(tx: Transaction, refundId: string): Promise<void> {
  await deliverToSaga(tx, refundSaga, { key: refundId, message: { type: 'ended' } });
}

/** Refunds that are open and that no saga follows: they are older than the saga. Answers how many there were. */
export async function adoptRefunds(tx: Transaction, limit: number): Promise<number> {
  const open = await tx.rows<{ id: string }>(
    `select r.id from refund r where r.status in ('CREATED', 'TRANSIT')
       and not exists (select from saga s where s.name = $1 and s.key = r.id::text)
     order by r.id limit $2`,
    [refundSaga.name, limit],
  );
  await followRefunds(
    tx,
    open.map(({ id }) => id),
  );
  return open.length;
}
