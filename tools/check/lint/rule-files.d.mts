/** Paths, relative to the root, of every rule file (decision 0005). */
export function ruleFiles(root: string): string[];

/** Rule files, use cases and their SQL: every feature file that is not translation. */
export function rulesAndUseCases(root: string): string[];
