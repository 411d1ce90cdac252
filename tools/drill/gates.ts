/** One promise of the platform's operations, and what a drill found of it. */
export type Gate = {
  readonly name: string;
  readonly limit: string;
  readonly found: string;
  readonly held: boolean;
};

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

export function atMost(
  name: string,
  value: number,
  limit: number,
  show: (value: number) => string = String,
): Gate {
  return { name, limit: `at most ${show(limit)}`, found: show(value), held: value <= limit };
}

export function atLeast(name: string, value: number, limit: number): Gate {
  return { name, limit: `at least ${limit}`, found: String(value), held: value >= limit };
}

/** What a drill measured, in the order in which it is shown, and the gates that decide its exit code. */
export type Drilled = {
  readonly drill: string;
  readonly measured: Readonly<Record<string, string | number>>;
  readonly gates: readonly Gate[];
};

export function formatDrilled({ drill, measured, gates }: Drilled): string {
  const rows = Object.entries(measured).map(([name, value]) => `  ${name.padEnd(46)}${value}`);
  const judged = gates.map(
    ({ held, name, found, limit }) => `  ${held ? '✓' : '✗'} ${name.padEnd(44)}${found} (${limit})`,
  );
  return `${drill}\n${rows.join('\n')}\n\n${judged.join('\n')}\n`;
}
