/** Rows of one table as its columns name them; what is left out takes the column's default. */
export type TableRows = {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Facts that another service owns: where its events were faster, the same rows are there already. */
  readonly replica?: true;
};
