import type { AnswerOf, questions } from '@marquee/contracts';
import { systemScope, type Database } from '@marquee/postgres';
import { dayOf, periodOf, planOn, type Course } from '../plans/plan.ts';
import { defaultPlanOf, planOf } from '../plans/plans.ts';
import type { PriceLists } from '../plans/price-lists.ts';

type Standings = AnswerOf<typeof questions.planStandings>;

/**
 * What organisations have left of their plans, for gateways; of the cheapest where an overdue invoice restricts theirs. Who
 * has asked for nothing yet is not there.
 */
export async function planStandings(
  { database, priceLists }: { readonly database: Database; readonly priceLists: PriceLists },
  organisationIds: readonly string[],
  now: Date,
): Promise<Standings> {
  const period = periodOf(now);
  const { start, end } = period;
  const plans = (await priceLists.read(now))(period);
  const used = await database.read(systemScope, (tx) =>
    tx.rows<Course & { organisationId: string; restricted: boolean; requests: string }>(
      standingsSql,
      [organisationIds, dayOf(start), dayOf(end)],
      { name: 'plan-standings' },
    ),
  );
  const standings = used.map(({ organisationId, restricted, requests, ...course }) => {
    const { code, requestLimit } = restricted ? defaultPlanOf(plans) : planOf(plans, planOn(course, now));
    const remaining = requestLimit === null ? null : Math.max(0, requestLimit - Number(requests));
    return { organisationId, plan: code, requestLimit, remaining, restricted, resetsAt: end.toISOString() };
  });
  return { standings };
}

const standingsSql = `
select s.organisation_id as "organisationId", s.plan, s.changes, s.restricted_at is not null as restricted,
  coalesce(sum(d.requests), 0) as requests
from plan_subscription s
left join usage_day d on d.organisation_id = s.organisation_id
  and d.day >= $2::date and d.day < $3::date
where s.organisation_id = any($1::uuid[])
group by s.organisation_id`;
