import type { AnswerOf, questions } from '@marquee/contracts';
import type { Logger } from '@marquee/telemetry';

/** What an organisation has left of its plan, as the hub said. */
export type Standing = AnswerOf<typeof questions.planStandings>['standings'][number];

/** Asks the hub; at most so many organisations at a time. */
export type AskStandings = (organisationIds: readonly string[]) => Promise<readonly Standing[]>;
const mostAsked = 500;

const askedEveryMs = 1_000;
/** Who has sent nothing for so long is not asked about any more. */
const rememberedMs = 60_000;

type Account = {
  standing: Standing | null;
  resetsAtMs: number;
  /** Admitted since the question was sent whose answer this is: the hub may not know of them. */
  since: number;
  lastMs: number;
};

/**
 * Who has spent what its plan allows. Asked in the background for those who send something, so that a plan is overdrawn
 * by what comes in a second or two; while the hub is away what was left last counts down, and nobody is refused for want
 * of an answer.
 */
export function createStandings(ask: AskStandings, logger: Logger) {
  const accounts = new Map<string, Account>();
  const accountOf = (organisationId: string): Account => {
    let account = accounts.get(organisationId);
    if (!account) {
      account = { standing: null, resetsAtMs: 0, since: 0, lastMs: 0 };
      accounts.set(organisationId, account);
    }
    account.lastMs = Date.now();
    return account;
  };
  /** Null where it is not known, has no limit, or is of a period that is over. */
  const leftOf = ({ standing, since, resetsAtMs }: Account): number | null =>
    standing?.remaining == null || Date.now() >= resetsAtMs ? null : Math.max(0, standing.remaining - since);

  const askAbout = async (organisationIds: readonly string[]) => {
    const before = new Map(organisationIds.map((id) => [id, accounts.get(id)?.since ?? 0]));
    for (const standing of await ask(organisationIds)) {
      const account = accounts.get(standing.organisationId);
      if (!account) continue;
      account.standing = standing;
      account.resetsAtMs = Date.parse(standing.resetsAt);
      account.since -= before.get(standing.organisationId) ?? 0;
    }
  };
  const refresh = async () => {
    const forgottenMs = Date.now() - rememberedMs;
    for (const [id, { lastMs }] of accounts) if (lastMs < forgottenMs) accounts.delete(id);
    const all = [...accounts.keys()];
    try {
      for (let from = 0; from < all.length; from += mostAsked)
        await askAbout(all.slice(from, from + mostAsked));
    } catch (error) {
      logger.warn({ error }, 'what is left of plans is not known at the moment');
    }
  };

  let running: Promise<void> | undefined;
  const refreshOnce = () => void (running ??= refresh().finally(() => (running = undefined)));
  const timer = setInterval(refreshOnce, askedEveryMs).unref();
  return {
    /** An operation was admitted. */
    note: (organisationId: string) => {
      accountOf(organisationId).since += 1;
    },
    spentOf: (organisationId: string): Standing | null => {
      const account = accountOf(organisationId);
      return leftOf(account) === 0 ? account.standing : null;
    },
    headersOf: (organisationId: string) => {
      const account = accounts.get(organisationId);
      const left = account ? leftOf(account) : null;
      if (!account || left === null) return null;
      const seconds = Math.max(1, Math.ceil((account.resetsAtMs - Date.now()) / 1_000));
      return {
        'ratelimit-policy': `"plan";q=${account.standing!.requestLimit};qu="requests"`,
        ratelimit: `"plan";r=${left};t=${seconds}`,
      };
    },
    stop: () => clearInterval(timer),
  };
}
