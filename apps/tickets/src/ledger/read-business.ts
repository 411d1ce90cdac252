import type { AnswerOf, questions, Sums } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';

type Business = AnswerOf<(typeof questions)['organisationBusiness']>;

/** What of the organisation's business is not over: while there is anything, it is not removed. */
export async function readBusiness(tx: Transaction): Promise<Business> {
  const [open] = await tx.rows<Omit<Business, 'ledger'>>(
    `select
       (select count(*)::int from occurrence
         where status = 'SCHEDULED' and event_status = 'PUBLISHED' and ends_at > now()) as "onSale",
       (select count(*)::int from payment where status in ('CREATED', 'PENDING', 'AUTHORIZED'))
         + (select count(*)::int from ticket_order
             where status in ('PENDING_APPROVAL', 'PENDING_PAYMENT') and (expires_at > now() or paid_minor > 0))
         as "openPayments",
       (select count(*)::int from refund where status in ('CREATED', 'TRANSIT')) as "openRefunds"`,
  );
  const ledger = await tx.rows<Sums[number]>(
    `select currency, count(*)::int as orders, coalesce(sum(paid_minor), 0)::text as "paidMinor",
       coalesce(sum(refunded_minor), 0)::text as "refundedMinor"
     from ticket_order where paid_minor > 0 group by currency order by currency`,
  );
  return { ...open!, ledger };
}
