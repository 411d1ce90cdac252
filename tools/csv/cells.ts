/**
 * A spreadsheet runs a cell that begins with one of these as a formula, and what a guest wrote as a name is not to run
 * on an organiser's machine. So an apostrophe is put before it, which spreadsheets hide; taken in again it goes away.
 */
const formula = /^'*[=+\-@\t\r]/;

/** What is written: never a formula. */
export function guardCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** What was meant: the reverse of `guardCell`, exactly. */
export function readCell(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
