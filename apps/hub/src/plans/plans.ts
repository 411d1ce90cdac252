import { assert } from '@marquee/kernel';
import type { Plan } from './plan.ts';

/** Plans by their code, from the cheapest; the first that can be chosen is that of who has chosen none. */
export type Plans = ReadonlyMap<string, Plan>;

export function createPlans(plans: readonly Plan[]): Plans {
  return new Map(plans.map((plan) => [plan.code, plan]));
}

export function defaultPlanOf(plans: Plans): Plan {
  const first = [...plans.values()].find(({ withdrawn }) => !withdrawn);
  assert(first, 'there is a plan');
  return first;
}

/** A plan that somebody has is never taken from the list. */
export function planOf(plans: Plans, code: string): Plan {
  const plan = plans.get(code);
  assert(plan, `there is no plan ${code}`);
  return plan;
}
