const maxCursorLength = 2000;

/** The sort keys of a row as an opaque cursor, for `where (a, b) > ($1, $2)`. Not secret, only not to be relied on. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values.map(String))).toString('base64url');
}

/** The `length` sort keys inside, or null where the cursor is not one of ours for this list. */
export function decodeCursor(cursor: string, length: number): string[] | null {
  if (cursor.length > maxCursorLength || !/^[A-Za-z0-9_-]+$/.test(cursor)) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const fits =
      Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string');
    return fits && !values.some((value: string) => value.includes('\0')) ? (values as string[]) : null;
  } catch {
    return null;
  }
}
