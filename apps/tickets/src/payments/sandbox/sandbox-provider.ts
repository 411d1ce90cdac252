import { once } from 'node:events';
import { accept, noCurrency, refuse } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import type {
  ChargeAnswer,
  ConfirmRequest,
  FoundCharge,
  PaymentName,
  PaymentProvider,
  RefundAnswer,
  RefundRequest,
  WebhookRequest,
} from '../provider.ts';
import { readFactData } from '../fact-data.ts';
import { isSigned } from '../signature.ts';
import { amountOf, describeCharge, findCharge, planWebhooks } from './sandbox-rows.ts';
import { behaviourOf } from './sandbox-tokens.ts';

export type SandboxOptions = {
  /** How long the silence of `timeout` and `late` lasts. */
  readonly lateMs?: number;
  /** Signs its webhooks. */
  readonly secret?: string;
  /** Where a payer agrees to this payment. */
  readonly pageOf?: (paymentId: string) => string;
  /** Called when a webhook waits to be delivered. */
  readonly wake?: () => void;
};

export const sandboxSignatureHeader = 'marquee-signature';

/**
 * A provider for trying things out: no money moves. Its tokens (`sandbox-tokens.ts`) say what happens. It remembers in
 * tables of its own, as a real provider would on its side, and so still knows of a charge after this process was
 * killed. Its name of a payment is our own id.
 */
export function createSandboxProvider(database: Database, options: SandboxOptions = {}): PaymentProvider {
  const pageOf = options.pageOf ?? ((paymentId: string) => `http://localhost/sandbox/payments/${paymentId}`);
  const find = ({ organisationId, paymentId }: PaymentName): Promise<FoundCharge> =>
    database.read({ organisationId }, async (tx) => describeCharge(await findCharge(tx, paymentId), pageOf));
  const change = async (
    { organisationId, paymentId }: PaymentName,
    work: (tx: Transaction) => Promise<unknown>,
  ): Promise<ChargeAnswer> =>
    database.transaction({ organisationId }, async (tx) => {
      await work(tx);
      tx.afterCommit(() => options.wake?.());
      return known(describeCharge(await findCharge(tx, paymentId), pageOf));
    });

  return {
    name: 'sandbox',
    start: async ({ paymentId }) => ({ reference: paymentId }),
    confirm: async (request, signal) => {
      const answer = await change(request, (tx) => recordCharge(tx, request, options.lateMs ?? 10_000));
      // Silence until the caller gives up: what a provider in trouble does.
      if (answer.status === 'PENDING' && !signal.aborted) await once(signal, 'abort');
      return answer;
    },
    find,
    capture: (name) => change(name, (tx) => captureCharge(tx, name.paymentId)),
    cancel: (name) => change(name, (tx) => cancelCharge(tx, name.paymentId)),
    refund: (request) =>
      database.transaction({ organisationId: request.organisationId }, (tx) => recordRefund(tx, request)),
    readWebhook: (request) => readSandboxWebhook(request, options.secret ?? ''),
  };
}

function known(found: FoundCharge): ChargeAnswer {
  if (found.status === 'UNKNOWN') throw new Error('the sandbox knows no such charge');
  return found;
}

/** The first confirmation counts; whatever is asked afterwards changes nothing. */
async function recordCharge(tx: Transaction, request: ConfirmRequest, lateMs: number): Promise<void> {
  const { paymentId, amount, token, returnUrl } = request;
  const behaviour = behaviourOf(token);
  const inserted = await tx.execute(
    `insert into sandbox_charge (organisation_id, payment_id, amount_minor, currency, approved, answers_at, token,
                                 action, captured, return_url)
     values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond', $7, $8, $9, $10)
     on conflict do nothing`,
    [
      tx.organisationId,
      paymentId,
      `${amount.amountMinor}`,
      amount.currency,
      behaviour.approved,
      behaviour.late ? lateMs : 0,
      token,
      behaviour.action,
      behaviour.captured,
      returnUrl,
    ],
  );
  if (inserted === 1) await planWebhooks(tx, paymentId, behaviour.webhooks(paymentId, amount, lateMs));
}

async function captureCharge(tx: Transaction, paymentId: string): Promise<void> {
  const charge = await findCharge(tx, paymentId, 'for update');
  if (!charge || charge.captured || charge.cancelled || !charge.approved) return;
  await tx.execute('update sandbox_charge set captured = true where payment_id = $1', [paymentId]);
  await planWebhooks(tx, paymentId, [{ fact: { kind: 'succeeded', amount: amountOf(charge) } }]);
}

/** Ends what is not paid yet; what was never confirmed can then never be. */
async function cancelCharge(tx: Transaction, paymentId: string): Promise<void> {
  await tx.execute(
    `insert into sandbox_charge as c (organisation_id, payment_id, amount_minor, currency, approved, answers_at, cancelled)
     values ($1, $2, 0, $3, false, now(), true)
     on conflict (organisation_id, payment_id) do update set cancelled = true
       where c.action = 'REQUIRED' or (c.approved and not c.captured)`,
    [tx.organisationId, paymentId, noCurrency],
  );
}

async function recordRefund(tx: Transaction, request: RefundRequest): Promise<RefundAnswer> {
  const { refundId, paymentId, amount } = request;
  // Refunds of one charge take turns.
  const charge = await findCharge(tx, paymentId, 'for update');
  const [row] = await tx.rows<{ others: string; known: boolean }>(
    `select coalesce(sum(amount_minor) filter (where refund_id <> $2), 0) as others,
            coalesce(bool_or(refund_id = $2), false) as known
     from sandbox_refund where payment_id = $1`,
    [paymentId, refundId],
  );
  if (row?.known) return { status: 'DONE', reference: refundId };
  const paid =
    charge && charge.approved && charge.captured && !charge.cancelled && charge.action !== 'REQUIRED';
  const left = paid ? BigInt(charge.amount_minor) - BigInt(row?.others ?? 0) : 0n;
  if (amount.amountMinor > left) return { status: 'FAILED', reason: 'The sandbox holds no such amount.' };
  await tx.execute(
    `insert into sandbox_refund (organisation_id, refund_id, payment_id, amount_minor) values ($1, $2, $3, $4)`,
    [tx.organisationId, refundId, paymentId, `${amount.amountMinor}`],
  );
  return { status: 'DONE', reference: refundId };
}

function readSandboxWebhook({ rawBody, headers, now }: WebhookRequest, secret: string) {
  // Without a secret nobody can have signed anything.
  if (secret === '' || !isSigned(rawBody, headers[sandboxSignatureHeader], secret, now))
    return refuse({ kind: 'WebhookRefused' as const, message: 'The signature does not fit.' });
  const { id, paymentId, fact } = JSON.parse(rawBody) as { id: string; paymentId: string; fact: unknown };
  return accept({ id, paymentReference: paymentId, fact: readFactData(fact) });
}
