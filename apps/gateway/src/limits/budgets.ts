/** What is counted, each for itself. */
export const budgetNames = ['address', 'anonymous', 'user', 'key', 'operation', 'tenant'] as const;
export type BudgetName = (typeof budgetNames)[number];

/** So many points in each window of so many seconds. */
export type Budget = { readonly points: number; readonly windowSeconds: number };
export type Budgets = Readonly<Record<BudgetName, Budget>>;

/**
 * Generous: a program that reads as fast as it can meets them, people do not. A point is about one thing that is read,
 * so a user's budget is 5,000 things a second for as long as a minute.
 */
export const defaultBudgets: Budgets = {
  /** Requests from one client address, whoever sends them: a whole office may be behind one. */
  address: { points: 300_000, windowSeconds: 60 },
  /** Points of one address without a good token. */
  anonymous: { points: 60_000, windowSeconds: 60 },
  /** Points of one account within an organisation. */
  user: { points: 300_000, windowSeconds: 60 },
  /** Points of one API key. */
  key: { points: 600_000, windowSeconds: 60 },
  /** Calls of one root field, such as `holdTickets`, by one user or key. */
  operation: { points: 30_000, windowSeconds: 60 },
  /** Points of an organisation with all its users and keys. */
  tenant: { points: 6_000_000, windowSeconds: 60 },
};

const mostPoints = 1_000_000_000_000;
const longestWindowSeconds = 86_400;

/**
 * Budgets as an operator writes them, `user=1000/60, key=5000/60`: points, and seconds of their window. What is not
 * named keeps its default. A message where the text is none.
 */
export function parseBudgets(text: string): Budgets | string {
  const changed: Partial<Record<BudgetName, Budget>> = {};
  for (const entry of text.split(',')) {
    const [, written = '', points, windowSeconds] =
      /^\s*(\w+)\s*=\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(entry) ?? [];
    const name = budgetNames.find((each) => each === written);
    const budget = { points: Number(points), windowSeconds: Number(windowSeconds) };
    const fits =
      budget.points >= 1 &&
      budget.points <= mostPoints &&
      budget.windowSeconds >= 1 &&
      budget.windowSeconds <= longestWindowSeconds;
    if (!name || !fits) return `must be such as user=1000/60 of ${budgetNames.join(', ')}, divided by commas`;
    changed[name] = budget;
  }
  return { ...defaultBudgets, ...changed };
}
