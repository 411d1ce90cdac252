/** Paths, relative to the root, of every rule file (decision 0005). */
export function ruleFiles(root: string): string[];
