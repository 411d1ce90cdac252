import { parseId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Flags } from '@marquee/flags';
import type { Logger, Metrics } from '@marquee/telemetry';
import ipaddr from 'ipaddr.js';
import { budgetNames, type BudgetName, type Budgets } from './budgets.ts';
import { shareCounts, type Channel } from './shared-counts.ts';
import { createWindows, type Window } from './windows.ts';

/** `report` counts, tells and refuses nobody; `off` does nothing. */
export type RateLimitMode = 'on' | 'report' | 'off';

export type RateLimitOptions = {
  readonly mode: RateLimitMode;
  readonly budgets: Budgets;
  /** To the other processes of the gateway. Left out: each counts for itself. */
  readonly channel?: Channel | undefined;
  /** Left out: they are on for everybody. */
  readonly flags?: Pick<Flags, 'isOn'> | undefined;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

/** Who asks: an account or a key, or nobody from an address. */
export type Caller = { readonly viewer?: Viewer | undefined; readonly address: string };

/** A budget that is spent. */
export type Spent = { readonly budget: BudgetName; readonly retryAfterSeconds: number };

/** What was admitted, and paid for in advance. */
export type Admission = {
  /** `RateLimit` and `RateLimit-Policy`, as they stand now. */
  headers(): Record<string, string>;
  /** Charges what it cost in fact, in the place of what was paid. */
  settle(points: number): void;
};

export type RateLimits = {
  /** One request from this address, before anything of it is read. */
  arrive(address: string): Spent | null;
  /** An operation of at most these points, with its root fields. */
  admit(caller: Caller, points: number, rootFields: ReadonlyMap<string, number>): Admission | Spent;
  /** What was refused is charged, too: to find out that it must be is work. */
  charge(caller: Caller, points: number): void;
  /** `RateLimit-Policy` and `RateLimit` for a refusal. */
  headersOf(spent: Spent): Record<string, string>;
  stop(): void;
};

/** What was taken from one budget. */
type Taken = {
  readonly remaining: number;
  readonly resetAtMs: number;
  readonly isSpent: boolean;
  giveBack(points: number): void;
};

type Counter = {
  readonly policy: string;
  take(key: string, points: number): Taken;
  /** What another process took, or gave back. */
  add(key: string, points: number): void;
};

/** Enough that nobody meets the limit of a family: an address of IPv6 is one of 2^64 that its owner may take. */
const ownersBits = 64;

/** Addresses by their owner: an IPv4 address, or a /64 of IPv6. */
export function ownerOf(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, ownersBits / 16);
  return `${parts.map((part) => part.toString(16)).join(':')}::/${ownersBits}`;
}

type Keys = {
  readonly name: 'user' | 'key' | 'anonymous';
  readonly own: string;
  readonly tenant: string | null;
};
/** A verified token answers the same viewer each time, so these are made once for many requests. */
const known = new WeakMap<Viewer, Keys>();

function keysOf({ viewer, address }: Caller): Keys {
  if (!viewer) return { name: 'anonymous', own: ownerOf(address), tenant: null };
  const made = known.get(viewer);
  if (made) return made;
  const { subject, organisationId } = viewer;
  const name = parseId(subject)?.type === 'ApiKey' ? 'key' : 'user';
  const own = `${organisationId} ${subject}`;
  const keys: Keys = { name, own, tenant: organisationId };
  known.set(viewer, keys);
  return keys;
}

/** Of one that goes on asking, the log says so once a minute. */
const toldEveryMs = 60_000;

function createCounter(
  name: BudgetName,
  { budgets, metrics, logger }: RateLimitOptions,
  note: (key: string, points: number) => void,
): Counter {
  const { points: limit, windowSeconds } = budgets[name];
  const windows = createWindows(windowSeconds * 1_000);
  const refusals = metrics.counter('marquee_rate_limited_total', 'Requests beyond a budget, by budget');
  const labels = { budget: name };
  refusals.add(0, labels);
  const tellSpent = (key: string, window: Window) => {
    refusals.add(1, labels);
    const nowMs = Date.now();
    if (nowMs < window.toldAtMs + toldEveryMs) return;
    window.toldAtMs = nowMs;
    logger.warn({ budget: name, key }, 'a budget is spent');
  };
  return {
    policy: `"${name}";q=${limit};w=${windowSeconds};qu="points"`,
    add: (key, points) => {
      if (points > 0) return void windows.take(key, points);
      // What another gives back may be of a window that is over here: then it would be a gift.
      const window = windows.open(key);
      if (window) window.points -= Math.min(Math.max(0, window.points), -points);
    },
    take: (key, points) => {
      note(key, points);
      const window = windows.take(key, points);
      const isSpent = window.points > limit;
      if (isSpent) tellSpent(key, window);
      return {
        remaining: Math.max(0, limit - window.points),
        resetAtMs: window.endsAtMs,
        isSpent,
        giveBack: (returned) => {
          // In a later window it would be a gift.
          if (returned === 0 || Date.now() >= window.endsAtMs) return;
          note(key, -returned);
          window.points -= returned;
        },
      };
    },
  };
}

const secondsUntil = (atMs: number) => Math.max(1, Math.ceil((atMs - Date.now()) / 1_000));

/** Takes from budgets in turn; where one is spent, gives back what the ones before it took. */
function takeAll(
  counters: Readonly<Record<BudgetName, Counter>>,
  wanted: readonly (readonly [BudgetName, string, number])[],
  refuses: boolean,
): readonly Taken[] | Spent {
  const all: Taken[] = [];
  for (const [budget, key, points] of wanted) {
    const taken = counters[budget].take(key, points);
    all.push(taken);
    if (!taken.isSpent || !refuses) continue;
    // A caller that is refused does not spend what his organisation has, nor ever more of his own.
    all.forEach((each, index) => each.giveBack(wanted[index]![2]));
    return { budget, retryAfterSeconds: secondsUntil(taken.resetAtMs) };
  }
  return all;
}

function admissionOf(
  policy: string,
  name: BudgetName,
  points: number,
  taken: readonly Taken[],
  costly: readonly Taken[],
) {
  let difference = 0;
  const [own] = taken;
  return {
    headers: () => ({
      'ratelimit-policy': policy,
      ratelimit: `"${name}";r=${Math.max(0, own!.remaining + difference)};t=${secondsUntil(own!.resetAtMs)}`,
    }),
    settle: (actual: number) => {
      difference = points - actual;
      for (const each of costly) each.giveBack(difference);
    },
  } satisfies Admission;
}

const unlimited: RateLimits = {
  arrive: () => null,
  admit: () => ({ headers: () => ({}), settle: () => undefined }),
  charge: () => undefined,
  headersOf: () => ({}),
  stop: () => undefined,
};

/**
 * Budgets by caller, counted in this process and told to the others: nothing of a request waits for a store, nor for its
 * turn. Where the others cannot be heard each process counts alone, so that a caller has at most as many budgets as
 * there are processes.
 */
export function createRateLimits(options: RateLimitOptions): RateLimits {
  if (options.mode === 'off') return unlimited;
  const refuses = options.mode === 'on';
  /** By organisation, and by address where nobody is known. */
  const isOn = (key: string) => options.flags?.isOn('rate-limits', key) ?? true;
  const shared =
    options.channel &&
    shareCounts(options.channel, (budget, key, points) => counters[budget]?.add(key, points));
  const counters = Object.fromEntries(
    budgetNames.map((name) => {
      const note = (key: string, points: number) => shared?.note(name, key, points);
      return [name, createCounter(name, options, note)] as const;
    }),
  ) as Readonly<Record<BudgetName, Counter>>;

  return {
    arrive: (address) => {
      if (!isOn(address)) return null;
      const taken = takeAll(counters, [['address', ownerOf(address), 1]], refuses);
      return 'budget' in taken ? taken : null;
    },
    admit: (caller, points, rootFields) => {
      const { name, own, tenant } = keysOf(caller);
      if (!isOn(tenant ?? caller.address)) return unlimited.admit(caller, points, rootFields);
      const wanted: (readonly [BudgetName, string, number])[] = [[name, own, points]];
      if (tenant !== null) wanted.push(['tenant', tenant, points]);
      const costly = wanted.length;
      for (const [field, times] of rootFields) wanted.push(['operation', `${own} ${field}`, times]);
      const taken = takeAll(counters, wanted, refuses);
      if ('budget' in taken) return taken;
      return admissionOf(counters[name].policy, name, points, taken, taken.slice(0, costly));
    },
    charge: (caller, points) => {
      const { name, own, tenant } = keysOf(caller);
      if (!isOn(tenant ?? caller.address)) return;
      counters[name].take(own, points);
      if (tenant !== null) counters.tenant.take(tenant, points);
    },
    headersOf: ({ budget, retryAfterSeconds }) => ({
      'ratelimit-policy': counters[budget].policy,
      ratelimit: `"${budget}";r=0;t=${retryAfterSeconds}`,
      'retry-after': String(retryAfterSeconds),
    }),
    stop: () => shared?.stop(),
  };
}
