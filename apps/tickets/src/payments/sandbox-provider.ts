import { once } from 'node:events';
import type { Database } from '@marquee/postgres';
import type { ChargeAnswer, FoundCharge, PaymentProvider } from './provider.ts';

type Charge = { readonly approved: boolean; readonly answered: boolean };

/**
 * A provider for trying things out: no money moves. Its tokens say what happens: `approve`, `decline`, and `timeout`,
 * which is approved but answered too late to be heard. It remembers in tables of its own, as a real provider would on
 * its side, and so still knows of a charge after this process was killed.
 */
export function createSandboxProvider(
  database: Database,
  options: { readonly lateMs: number } = { lateMs: 10_000 },
): PaymentProvider {
  const read = async ({ organisationId, paymentId }: { organisationId: string; paymentId: string }) =>
    database.read({ organisationId }, async (tx) => {
      const [row] = await tx.rows<Charge>(
        'select approved, answers_at <= now() as answered from sandbox_charge where payment_id = $1',
        [paymentId],
      );
      return row ?? null;
    });

  return {
    name: 'sandbox',
    charge: async ({ organisationId, paymentId, amount, token }, signal) => {
      const late = token === 'timeout';
      await database.transaction({ organisationId }, (tx) =>
        tx.execute(
          `insert into sandbox_charge (organisation_id, payment_id, amount_minor, currency, approved, answers_at)
           values ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond') on conflict do nothing`,
          [
            organisationId,
            paymentId,
            `${amount.amountMinor}`,
            amount.currency,
            late || token === 'approve',
            late ? options.lateMs : 0,
          ],
        ),
      );
      const answer = describe(await read({ organisationId, paymentId }));
      if (answer.status === 'UNKNOWN') throw new Error('the sandbox lost a charge that it had just written');
      // Silence until the caller gives up: what a provider in trouble does.
      if (answer.status === 'PENDING' && !signal.aborted) await once(signal, 'abort');
      return answer;
    },
    find: async (request) => describe(await read(request)),
    refund: async ({ organisationId, refundId, paymentId, amount }) => {
      const refunded = await database.transaction({ organisationId }, (tx) =>
        tx.rows<{ enough: boolean }>(
          `with wanted as (
             select sum(amount_minor) filter (where refund_id <> $2) as others from sandbox_refund where payment_id = $3),
           allowed as (
             select c.payment_id from sandbox_charge c, wanted
             where c.payment_id = $3 and c.approved and coalesce(wanted.others, 0) + $4::bigint <= c.amount_minor)
           , made as (
             insert into sandbox_refund (organisation_id, refund_id, payment_id, amount_minor)
             select $1, $2, payment_id, $4 from allowed on conflict do nothing)
           select exists (select from allowed) as enough`,
          [organisationId, refundId, paymentId, `${amount.amountMinor}`],
        ),
      );
      if (refunded[0]?.enough) return { status: 'DONE' };
      return { status: 'FAILED', reason: 'The sandbox holds no such amount.' };
    },
  };
}

function describe(charge: Charge | null): FoundCharge {
  if (!charge) return { status: 'UNKNOWN' };
  if (!charge.answered) return { status: 'PENDING' };
  const declined: ChargeAnswer = {
    status: 'DECLINED',
    reason: 'The sandbox declines every token but approve.',
  };
  return charge.approved ? { status: 'APPROVED' } : declined;
}
