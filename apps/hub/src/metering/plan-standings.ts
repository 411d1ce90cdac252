import type { AnswerOf, questions } from '@marquee/contracts';
import { systemScope, type Database } from '@marquee/postgres';
import { planOf, type Plans } from '../plans/plans.ts';
import { dayOf, periodOf } from '../plans/plan.ts';

type Standings = AnswerOf<typeof questions.planStandings>;

/** What organisations have left of their plans, for gateways. Who has asked for nothing yet is not there. */
export async function planStandings(
  { database, plans }: { readonly database: Database; readonly plans: Plans },
  organisationIds: readonly string[],
  now: Date,
): Promise<Standings> {
  const { start, end } = periodOf(now);
  const used = await database.read(systemScope, (tx) =>
    tx.rows<{ organisationId: string; plan: string; requests: string }>(
      standingsSql,
      [organisationIds, dayOf(start), dayOf(end)],
      { name: 'plan-standings' },
    ),
  );
  const standings = used.map(({ organisationId, plan: code, requests }) => {
    const { requestLimit } = planOf(plans, code);
    const remaining = requestLimit === null ? null : Math.max(0, requestLimit - Number(requests));
    return { organisationId, plan: code, requestLimit, remaining, resetsAt: end.toISOString() };
  });
  return { standings };
}

const standingsSql = `
select s.organisation_id as "organisationId", s.plan, coalesce(sum(d.requests), 0) as requests
from plan_subscription s
left join usage_day d on d.organisation_id = s.organisation_id
  and d.day >= $2::date and d.day < $3::date
where s.organisation_id = any($1::uuid[])
group by 1, 2`;
