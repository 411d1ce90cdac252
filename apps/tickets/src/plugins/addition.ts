/** What one plugin added to a ticket. */
export type Addition = {
  readonly ticketId: string;
  /** The plugin's name, and what people call it. */
  readonly plugin: string;
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly note: string | null;
  readonly reference: string | null;
};

/** As it is printed: what is said of the ticket, line by line. */
export function linesOf(
  additions: readonly Addition[],
): { readonly label: string; readonly value: string }[] {
  return additions.flatMap(({ title, fields, note, reference }) => [
    ...fields,
    ...(note === null ? [] : [{ label: title, value: note }]),
    ...(reference === null ? [] : [{ label: `Reference (${title})`, value: reference }]),
  ]);
}
