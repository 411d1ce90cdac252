import { createHash } from 'node:crypto';
import type { Analysis, Measurement } from '../rehearse/controller.ts';
import { rollOut } from '../rehearse/controller.ts';
import type { Plan, Step } from './plan.ts';
import { ReleaseError } from './error.ts';

/** Where a release stands. Written before each thing that is done, so that whoever comes after a kill goes on from there. */
export type Progress = {
  /** Of the plan that is carried out. */
  readonly plan: string;
  /** The step in hand: on the way back the last one that is still to be taken back. */
  readonly at: number;
  readonly direction: 'forth' | 'back';
  /** Why it goes back. */
  readonly reason: string | null;
  readonly outcome: 'promoted' | 'rolled-back' | null;
};

export type Store = {
  load(): Progress | null | Promise<Progress | null>;
  save(progress: Progress): void | Promise<void>;
};

/** What moves a platform. Everything may be done again: after a kill nobody knows whether it was. */
export type Driver = {
  migrate(service: string): Promise<void>;
  setWeight(step: Step, percent: number): Promise<void>;
  analysisOf(step: Step): Analysis | Promise<Analysis>;
  measure(analysis: Analysis): Promise<Measurement>;
  /** Asks the coming version of a step something, where users ask too little for a verdict. */
  probe?(step: Step): Promise<void>;
  now(): number;
  wait(ms: number): Promise<void>;
  say(text: string): void;
};

export function digestOf({ from, to, steps }: Plan): string {
  return createHash('sha256').update(JSON.stringify({ from, to, steps })).digest('hex');
}

/** The reason why a step did not go well; null where it did. */
async function takeStep(step: Step, driver: Driver): Promise<string | null> {
  try {
    if (step.kind === 'migrate') {
      await driver.migrate(step.service);
      return null;
    }
    const setWeight = (percent: number) => driver.setWeight(step, percent);
    const { outcome, reason } = await rollOut(await driver.analysisOf(step), {
      ...driver,
      setWeight,
      probe: async () => driver.probe?.(step),
    });
    return outcome === 'promoted' ? null : `${step.kind} ${step.service}: ${reason}`;
  } catch (error) {
    return `${step.kind} ${step.service}: ${(error as Error).message}`;
  }
}

/**
 * Carries a plan out, step by step, each judged by its analysis; at the first one that is not well all of them are taken
 * back from there to the first. Called again after a kill it goes on where it was, and in the direction in which it went:
 * a release that has begun to go back never goes forth again.
 */
export async function runRelease(plan: Plan, store: Store, driver: Driver): Promise<Progress> {
  if (plan.refused.length > 0) throw new ReleaseError(`The plan is refused: ${plan.refused[0]}`);
  const fresh: Progress = { plan: digestOf(plan), at: 0, direction: 'forth', reason: null, outcome: null };
  let progress = (await store.load()) ?? fresh;
  if (progress.plan !== fresh.plan)
    throw new ReleaseError('The state is of another plan: finish that one, or name another --state.');
  const move = async (changes: Partial<Progress>) => {
    progress = { ...progress, ...changes };
    await store.save(progress);
  };
  const done = progress.direction === 'back' ? 'back' : 'forth';
  driver.say(progress === fresh ? 'the release begins' : `going on ${done} at step ${progress.at + 1}`);
  while (progress.outcome === null && progress.direction === 'forth') {
    const step = plan.steps[progress.at];
    if (!step) {
      await move({ outcome: 'promoted' });
      break;
    }
    await move({});
    driver.say(`${progress.at + 1}. ${step.kind} ${step.service}: ${step.does}`);
    const reason = await takeStep(step, driver);
    await move(reason === null ? { at: progress.at + 1 } : { direction: 'back', reason });
  }
  while (progress.outcome === null) {
    const step = plan.steps[progress.at];
    if (!step) {
      await move({ outcome: 'rolled-back' });
      break;
    }
    driver.say(`back, ${progress.at + 1}. ${step.kind} ${step.service}: ${step.back}`);
    if (step.kind !== 'migrate') await driver.setWeight(step, 0);
    await move({ at: progress.at - 1 });
  }
  return progress;
}
