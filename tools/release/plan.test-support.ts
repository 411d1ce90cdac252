import type { Plan, Step } from './plan.ts';

export const step = (kind: Step['kind'], service: string): Step => ({
  kind,
  service,
  does: 'is moved',
  back: 'is moved back',
});

/** A plan that nothing speaks against. */
export const planOf = (...steps: readonly Step[]): Plan => ({
  from: 'N',
  to: 'N+1',
  supergraph: null,
  mixes: 1,
  operations: 0,
  refused: [],
  look: [],
  steps,
});
