import { assert } from '@marquee/kernel';
import type { EventData, EventType } from './catalogue.ts';

/** The event's name without its version: `guests.guest-registered` of `guests.guest-registered.v1`. */
type NameOf<Type extends string> = Type extends `${infer Name}.v${bigint}` ? Name : never;
type OtherVersionOf<Type extends EventType> = Exclude<EventType & `${NameOf<Type>}.v${bigint}`, Type>;

/** How data of one version of an event becomes data of the next. */
export type Upcaster = {
  readonly from: string;
  readonly to: string;
  upcast(data: unknown): unknown;
};

/**
 * Defines the step from one version of an event to the next. `upcast` is pure: the same data gives the same data, and
 * what it needs that the old version does not say is a constant. Both versions are in the catalogue: the old one is
 * still stored, though no longer published. List the upcaster in `upcasters.ts`, and every read of the log applies it.
 */
export function defineUpcaster<From extends EventType, To extends OtherVersionOf<From>>(
  from: From,
  to: To,
  upcast: (data: EventData<From>) => EventData<To>,
): Upcaster {
  return { from, to, upcast: upcast as Upcaster['upcast'] };
}

export interface Upcasting {
  /** The event in the newest version its chain of upcasters reaches; the same object where there is no upcaster. */
  upcast<E extends { readonly type: string; readonly data: unknown }>(event: E): E;
  /** The type a stored event of this type is read as. */
  currentType(type: string): string;
  /** Every type that is read as `currentType(type)`, itself included: what a search of the log must look for. */
  storedTypes(type: string): readonly string[];
}

type Chain = { readonly type: string; readonly steps: readonly Upcaster[] };

/** Chains upcasters. Throws where one leads elsewhere than to the next version, or two begin at the same. */
export function createUpcasting(upcasters: readonly Upcaster[]): Upcasting {
  const stepFrom = new Map<string, Upcaster>();
  for (const step of upcasters) {
    assert(isNextVersion(step.from, step.to), `an upcaster leads from ${step.from} to ${step.to}`);
    assert(!stepFrom.has(step.from), `two upcasters begin at ${step.from}`);
    stepFrom.set(step.from, step);
  }
  const chains = new Map([...stepFrom.keys()].map((type) => [type, chainFrom(type, stepFrom)]));
  const currentType = (type: string) => chains.get(type)?.type ?? type;
  return {
    upcast: (event) => {
      const chain = chains.get(event.type);
      if (!chain) return event;
      const data = chain.steps.reduce((older, step) => step.upcast(older), event.data);
      return { ...event, type: chain.type, data };
    },
    currentType,
    storedTypes: (type) => {
      const current = currentType(type);
      return [current, ...[...chains].filter(([, chain]) => chain.type === current).map(([old]) => old)];
    },
  };
}

function chainFrom(type: string, stepFrom: ReadonlyMap<string, Upcaster>): Chain {
  const steps: Upcaster[] = [];
  let current = type;
  // Ends: every step leads to a higher version.
  for (let step = stepFrom.get(current); step; step = stepFrom.get(current)) {
    steps.push(step);
    current = step.to;
  }
  return { type: current, steps };
}

function isNextVersion(from: string, to: string): boolean {
  const [older, newer] = [from, to].map((type) => /^(.+)\.v([1-9]\d*)$/.exec(type));
  return Boolean(older && newer && older[1] === newer[1] && Number(newer[2]) === Number(older[2]) + 1);
}
